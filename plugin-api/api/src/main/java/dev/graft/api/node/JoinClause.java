package dev.graft.api.node;

import java.util.List;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.Join.JoinType;
import org.apache.spark.connect.proto.Relation;

/** A join in the making: say which kind, then on what. */
public final class JoinClause {
  private final Join join;

  private JoinClause(Join join) {
    this.join = join;
  }

  static JoinClause of(RelationNode left, RelationNode right) {
    return new JoinClause(
        Join.newBuilder()
            .setLeft(left.build())
            .setRight(right.build())
            .setJoinType(JoinType.JOIN_TYPE_INNER)
            .build());
  }

  static RelationNode cross(RelationNode left, RelationNode right) {
    return relation(of(left, right).join.toBuilder().setJoinType(JoinType.JOIN_TYPE_CROSS));
  }

  /** Pairs that match. This is what a join is unless said otherwise. */
  public JoinClause inner() {
    return as(JoinType.JOIN_TYPE_INNER);
  }

  /** Pairs that match, and the rows of the left without a match. */
  public JoinClause left() {
    return as(JoinType.JOIN_TYPE_LEFT_OUTER);
  }

  /** Pairs that match, and the rows of the right without a match. */
  public JoinClause right() {
    return as(JoinType.JOIN_TYPE_RIGHT_OUTER);
  }

  /** Pairs that match, and the rows of both without a match. */
  public JoinClause full() {
    return as(JoinType.JOIN_TYPE_FULL_OUTER);
  }

  /** The rows of the left that have a match; no columns of the right. */
  public JoinClause semi() {
    return as(JoinType.JOIN_TYPE_LEFT_SEMI);
  }

  /** The rows of the left that have no match; no columns of the right. */
  public JoinClause anti() {
    return as(JoinType.JOIN_TYPE_LEFT_ANTI);
  }

  private JoinClause as(JoinType type) {
    return new JoinClause(join.toBuilder().setJoinType(type).build());
  }

  /** The join in which rows match where the condition holds. */
  public RelationNode on(ExpressionNode condition) {
    return relation(join.toBuilder().setJoinCondition(condition.build()));
  }

  /** The join in which rows match where these columns are equal; each is in the result once. */
  public RelationNode using(String... columns) {
    return using(List.of(columns));
  }

  /** The join in which rows match where these columns are equal; each is in the result once. */
  public RelationNode using(List<String> columns) {
    return relation(join.toBuilder().addAllUsingColumns(columns));
  }

  private static RelationNode relation(Join.Builder join) {
    return Nodes.relation(Relation.newBuilder().setJoin(join).build());
  }
}
