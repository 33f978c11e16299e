package dev.graft.builtin.asofjoin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.Nodes;
import dev.graft.builtin.v1.AsOfJoin;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import java.util.List;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

@WithPlugins(AsOfJoinPlugin.class)
class AsOfJoinPluginTest {
  private static final Relation TRADES = Nodes.table("trades").build();
  private static final Relation QUOTES = Nodes.table("quotes").build();

  private static AsOfJoin.Builder join() {
    return AsOfJoin.newBuilder()
        .setLeft(TRADES)
        .setRight(QUOTES)
        .setOn(Nodes.column("time").build())
        .addBy("`odd``.name`");
  }

  private static void schemas(Graft graft) {
    graft.schema(TRADES, "time TIMESTAMP, `odd``.name` STRING");
    graft.schema(QUOTES, "time TIMESTAMP, `odd``.name` STRING");
  }

  @Test
  void serversOf4AndLaterAreGivenTheirOwnNodeWhereItIsAskedFor(Graft graft) {
    AsOfJoin join =
        join()
            .setStrategy(AsOfJoin.Strategy.SPARK_NODE)
            .setDirection(AsOfJoin.Direction.NEAREST)
            .setTolerance(Nodes.literal(5).build())
            .setAllowExactMatches(false)
            .setUnmatched(AsOfJoin.Unmatched.DROPPED)
            .build();

    Relation plan = graft.withConnectVersion("4.0.1").lower(join).relation();

    var node = plan.getDrop().getInput().getAsOfJoin();
    assertThat(node.getDirection()).isEqualTo("nearest");
    assertThat(node.getTolerance()).isEqualTo(Nodes.literal(5).build());
    assertThat(node.getAllowExactMatches()).isFalse();
    assertThat(node.getJoinType()).isEqualTo("inner");
    assertThat(node.getJoinExpr())
        .isEqualTo(
            Nodes.column("__graft_left.`odd``.name`")
                .equalTo(Nodes.column("__graft_right.`odd``.name`"))
                .build());
    assertThat(plan.getDrop().getColumnsList())
        .containsExactly(Nodes.column("__graft_right.`odd``.name`").build());
  }

  @Test
  void bothSidesAreSortedTogetherAndReadOnce(Graft graft) {
    schemas(graft);
    String tree = graft.withConnectVersion("3.5.7").lower(join().build()).tree();

    assertThat(tree)
        .contains("left_input: Relation", "set_op_type: SET_OP_TYPE_UNION", "window: Window")
        .doesNotContain("Join")
        .containsOnlyOnce("\"trades\"")
        .containsOnlyOnce("\"quotes\"")
        .containsOnlyOnce("window: Window");
  }

  @Test
  void strategyIsTheClients(Graft graft) {
    AsOfJoin sorted = join().setStrategy(AsOfJoin.Strategy.SORTED).build();
    schemas(graft);

    graft
        .withConnectVersion("4.2.0")
        .lower(sorted)
        .hasTree(graft.withConnectVersion("3.4.0").lower(sorted).tree());
    graft
        .withConnectVersion("3.5.7")
        .refused(join().setStrategy(AsOfJoin.Strategy.SPARK_NODE).build())
        .saying(
            "AsOfJoin.strategy is SPARK_NODE, but the server is Spark 3.5.7."
                + " Give AUTOMATIC or SORTED, or use Spark 4.0 or later.");
  }

  @Test
  void columnsOfByAreThoseThatBothSidesHaveOnce(Graft graft) {
    graft.schema(TRADES, "time INT, a INT, b INT, b INT");
    graft.schema(QUOTES, "time INT, b INT");

    graft
        .refused(join().clearBy().addBy("a").build())
        .saying(
            "AsOfJoin.by is 'a', and the right side has no column of that name."
                + " Give names of columns that both sides have once. The right one has 'time', 'b'.");
    graft
        .refused(join().clearBy().addBy("b").build())
        .saying(
            "AsOfJoin.by is 'b', and the left side has several columns of that name. Give names of"
                + " columns that both sides have once. The left one has 'time', 'a', 'b', 'b'.");
  }

  @Test
  void namesInByAreReadAsSparkReadsThem(Graft graft) {
    graft.schema(TRADES, "time TIMESTAMP, odd STRING");
    graft.schema(QUOTES, "time TIMESTAMP, odd STRING");

    assertThat(graft.lower(join().clearBy().addBy("`odd`").build()).tree())
        .isEqualTo(graft.lower(join().clearBy().addBy("odd").build()).tree());
    for (String other : List.of("odd.name", "`odd", "odd`", "")) {
      graft
          .refused(join().clearBy().addBy(other).build())
          .saying(
              "AsOfJoin.by is '"
                  + other
                  + "'. Give names of columns, in backticks those that hold a dot or a backtick,"
                  + " which is then written twice.");
    }
  }

  @Test
  void optionsAreCheckedBeforeAnythingElse(Graft graft) {
    graft
        .refused(join().clearRight().build())
        .saying("AsOfJoin.right is not given. Give the DataFrame to find matches in.");
    graft
        .refused(join().clearOn().build())
        .saying("AsOfJoin.on is not given. Give the column that is compared.");
    graft
        .refused(join().setTolerance(Nodes.literal(-0.5).build()).build())
        .saying("AsOfJoin.tolerance is negative. Give a number or an interval that is 0 or more.");
    graft
        .refused(join().setDirectionValue(3).build())
        .saying("AsOfJoin.direction is 3. Give one of BACKWARD, FORWARD, NEAREST.");
  }
}
