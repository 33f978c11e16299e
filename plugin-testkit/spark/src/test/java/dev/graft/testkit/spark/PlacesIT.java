package dev.graft.testkit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.Nodes;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

/** One test, in memory, on a server of every line, and through a gateway. */
@WithPlugins(
    value = {HeadPlugin.class, ClipPlugin.class},
    settings = "by=name")
@OnSpark("all")
@ThroughGateway({"3.5", "4.2"})
class PlacesIT {
  private static final Relation CITIES =
      Nodes.rows("name STRING, size INT", Nodes.row("Ulm", 120), Nodes.row("Bonn", 330)).build();

  @Test
  void theSameTestInEveryPlace(Graft graft) {
    graft
        .lower(Limit.newBuilder().setInput(CITIES).setLimit(1).build())
        .hasRows(List.of("Bonn", 330));
  }

  @Test
  void aRefusalIsTheSameInEveryPlace(Graft graft) {
    graft
        .refused(Limit.newBuilder().setInput(CITIES).build())
        .saying("Head.limit is 0. Give 1 or more.");
  }

  @Test
  void anExpressionIsRefusedInEveryPlaceToo(Graft graft) {
    graft
        .lower(
            Nodes.relation(CITIES)
                .select(
                    Nodes.expression(
                            Graft.expression(
                                Expression.UnresolvedRegex.newBuilder().setColName("name").build()))
                        .as("end"))
                .build())
        .hasRows(List.of("lm"), List.of("nn"));
    graft.refused(Expression.UnresolvedRegex.getDefaultInstance()).saying("Clip names no column.");
  }

  @Test
  void thePlaceIsNamed(Graft graft) {
    assertThat(graft.place()).matches("memory|Spark \\d\\.\\d\\.\\d|gateway before Spark .*");
    assertThat(graft.connectVersion()).matches("\\d\\.\\d\\.\\d");
  }
}
