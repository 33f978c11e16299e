package dev.graft.api.node;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Aggregate.GroupType;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;

/** An aggregation in the making: say what to compute for each group. */
public final class Grouping {
  private final Aggregate aggregate;

  private Grouping(Aggregate aggregate) {
    this.aggregate = aggregate;
  }

  static Grouping by(RelationNode input, List<ExpressionNode> by) {
    return of(input, by, GroupType.GROUP_TYPE_GROUPBY);
  }

  static Grouping rollup(RelationNode input, List<ExpressionNode> by) {
    return of(input, by, GroupType.GROUP_TYPE_ROLLUP);
  }

  static Grouping cube(RelationNode input, List<ExpressionNode> by) {
    return of(input, by, GroupType.GROUP_TYPE_CUBE);
  }

  private static Grouping of(RelationNode input, List<ExpressionNode> by, GroupType type) {
    Aggregate.Builder aggregate = Aggregate.newBuilder().setInput(input.build()).setGroupType(type);
    by.forEach(expression -> aggregate.addGroupingExpressions(expression.build()));
    return new Grouping(aggregate.build());
  }

  /**
   * The same groups, with a column for each of a column's values.
   *
   * @param values the values, as {@link Literals#of} takes them; with none, all there are, for
   *     which the server runs a query
   * @throws IllegalStateException if the groups are those of a rollup or cube
   */
  public Grouping pivot(ExpressionNode column, @Nullable Object... values) {
    if (aggregate.getGroupType() != GroupType.GROUP_TYPE_GROUPBY) {
      throw new IllegalStateException(
          "A pivot follows groupBy once, and not " + aggregate.getGroupType() + ".");
    }
    Aggregate.Pivot.Builder pivot = Aggregate.Pivot.newBuilder().setCol(column.build());
    for (Object value : Arrays.asList(values)) {
      pivot.addValues(Literals.of(value));
    }
    return new Grouping(
        aggregate.toBuilder().setGroupType(GroupType.GROUP_TYPE_PIVOT).setPivot(pivot).build());
  }

  /** The relation with the groups' columns and these; none of these gives the groups alone. */
  public RelationNode agg(ExpressionNode... aggregates) {
    return agg(List.of(aggregates));
  }

  /** The relation with the groups' columns and these; none of these gives the groups alone. */
  public RelationNode agg(List<ExpressionNode> aggregates) {
    Aggregate.Builder whole = aggregate.toBuilder();
    aggregates.forEach(expression -> whole.addAggregateExpressions(expression.build()));
    return Nodes.relation(Relation.newBuilder().setAggregate(whole).build());
  }
}
