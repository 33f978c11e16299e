package dev.graft.builtin.asofjoin;

import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.columnNamed;
import static dev.graft.api.node.Nodes.star;

import dev.graft.api.PlanningContext;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import java.util.Locale;
import org.apache.spark.connect.proto.AsOfJoin;
import org.apache.spark.connect.proto.Drop;
import org.apache.spark.connect.proto.Relation;

/** The join by the node that Spark has for it. */
record SparkNode(Matching matching) {
  private static final String LEFT = "__graft_left";
  private static final String RIGHT = "__graft_right";
  private static final String LEFT_ON = "__graft_as_of_left_on";
  private static final String RIGHT_ON = "__graft_as_of_right_on";

  /** Whether the server has the node, which came with Spark 4.0. */
  static boolean isKnownBy(PlanningContext context) {
    return context.connectIsAtLeast(4, 0);
  }

  RelationNode join(RelationNode left, RelationNode right) {
    AsOfJoin.Builder join =
        AsOfJoin.newBuilder()
            .setLeft(left.select(star(), matching.leftOn().as(LEFT_ON)).alias(LEFT).build())
            .setRight(right.select(star(), matching.rightOn().as(RIGHT_ON)).alias(RIGHT).build())
            .setLeftAsOf(column(LEFT_ON).build())
            .setRightAsOf(column(RIGHT_ON).build())
            .setJoinType(matching.outer() ? "left" : "inner")
            .setAllowExactMatches(matching.exact())
            .setDirection(matching.direction().name().toLowerCase(Locale.ROOT));
    matching.tolerance().ifPresent(tolerance -> join.setTolerance(tolerance.build()));
    matching.by().stream()
        .map(name -> of(LEFT, name).equalTo(of(RIGHT, name)))
        .reduce(ExpressionNode::and)
        .ifPresent(condition -> join.setJoinExpr(condition.build()));
    return withoutWhatIsTwice(Relation.newBuilder().setAsOfJoin(join).build());
  }

  private RelationNode withoutWhatIsTwice(Relation joined) {
    Drop.Builder drop =
        Drop.newBuilder().setInput(joined).addColumnNames(LEFT_ON).addColumnNames(RIGHT_ON);
    matching.by().forEach(name -> drop.addColumns(of(RIGHT, name).build()));
    return Nodes.relation(Relation.newBuilder().setDrop(drop).build());
  }

  private static ExpressionNode of(String side, String name) {
    return column(
        side + "." + columnNamed(name).build().getUnresolvedAttribute().getUnparsedIdentifier());
  }
}
