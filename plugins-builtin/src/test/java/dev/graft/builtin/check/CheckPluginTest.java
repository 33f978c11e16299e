package dev.graft.builtin.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import dev.graft.api.node.Nodes;
import dev.graft.builtin.v1.Check;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import org.junit.jupiter.api.Test;

@WithPlugins(CheckPlugin.class)
class CheckPluginTest {
  private static Check.Expectation complete() {
    return Check.Expectation.newBuilder()
        .setComplete(Check.Complete.newBuilder().addColumns("id"))
        .build();
  }

  private static Check.Builder check(Check.Expectation... expectations) {
    Check.Builder check = Check.newBuilder().setInput(Nodes.table("orders").build());
    for (Check.Expectation each : expectations) {
      check.addExpectations(each);
    }
    return check;
  }

  @Test
  void whatRowsTellIsOneAggregation(Graft graft) {
    Check.Expectation range =
        Check.Expectation.newBuilder()
            .setInRange(
                Check.InRange.newBuilder()
                    .setColumn("price")
                    .setMin(Value.newBuilder().setNumberValue(0)))
            .build();

    String plan =
        graft
            .lower(check(complete(), range, complete()).setSamples(0).build())
            .relation()
            .toString();

    assertThat(plan.split("unparsed_identifier: \"orders\"", -1)).hasSize(2);
  }

  @Test
  void namesAreQuoted(Graft graft) {
    Check.Expectation odd =
        Check.Expectation.newBuilder()
            .setComplete(Check.Complete.newBuilder().addColumns("a.`b"))
            .build();

    assertThat(graft.lower(check(odd).build()).relation().toString())
        .contains("unparsed_identifier: \"`a.``b`\"");
  }

  @Test
  void asManyExpectationsAsAreAllowedFitIntoAPlan(Graft graft) {
    Check.Builder many = check();
    for (int each = 0; each < 200; each++) {
      many.addExpectations(complete());
    }

    // What nests deeper than a server reads would be refused.
    assertThat(graft.lower(many.build()).relation().hasSort()).isTrue();
    graft
        .refused(many.addExpectations(complete()).build())
        .saying("Check.expectations is a list of 201. Give at most 200.");
  }

  @Test
  void expectationsAreChecked(Graft graft) {
    graft.refused(check().build()).saying("Check.expectations is empty. Give at least one.");
    graft
        .refused(check(complete(), complete().toBuilder().setAtLeast(Double.NaN).build()).build())
        .saying("Check.expectations[1].at_least is NaN. Give a part of the rows, from 0 to 1.");
    graft
        .refused(check(complete().toBuilder().setLevelValue(7).build()).build())
        .saying("Check.expectations[0].level is 7. Give one of ERROR, WARNING.");
  }
}
