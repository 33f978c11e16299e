package dev.graft.builtin.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.Nodes;
import dev.graft.builtin.v1.Histogram;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import java.util.List;
import org.junit.jupiter.api.Test;

@WithPlugins(HistogramPlugin.class)
class HistogramPluginTest {
  private static Histogram.Builder histogram() {
    return Histogram.newBuilder()
        .setInput(Nodes.table("orders").build())
        .setColumn(Nodes.column("amount").build());
  }

  @Test
  void rangesThatAreGivenTakeOneEvaluation(Graft graft) {
    assertThat(evaluations(graft, histogram().addAllEdges(List.of(0.0, 1.0, 5.0)))).isEqualTo(1);
    assertThat(evaluations(graft, histogram().setLower(0).setUpper(7))).isEqualTo(1);
  }

  @Test
  void boundsThatAreNotGivenTakeAnotherOne(Graft graft) {
    assertThat(evaluations(graft, histogram())).isEqualTo(2);
    assertThat(evaluations(graft, histogram().setLower(0))).isEqualTo(2);
  }

  private static int evaluations(Graft graft, Histogram.Builder histogram) {
    String plan = graft.lower(histogram.build()).relation().toString();
    return plan.split("unparsed_identifier: \"orders\"", -1).length - 1;
  }

  @Test
  void optionsAreCheckedBeforeAnythingElse(Graft graft) {
    graft
        .refused(histogram().clearInput().build())
        .saying("Histogram.input is not given. Give the DataFrame whose values to count.");
    graft
        .refused(histogram().clearColumn().build())
        .saying("Histogram.column is not given. Give the column of numbers to count.");
    graft.refused(histogram().setBins(-3).build()).saying("Histogram.bins is -3. Give 1 to 10000.");
    graft
        .refused(histogram().addAllEdges(List.of(1.0, Double.NaN)).build())
        .saying("Histogram.edges[1] is NaN. Give a finite number.");
    graft
        .refused(histogram().setLower(3).setUpper(1).build())
        .saying("Histogram.upper is 1.0. Give more than lower, which is 3.0.");
  }
}
