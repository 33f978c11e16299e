package dev.graft.api.node;

import org.apache.spark.connect.proto.Expression.SortOrder;

/**
 * An order to sort by. As in SQL, nulls come first in an ascending order and last in a descending
 * one, unless said otherwise.
 *
 * @param build the Connect node
 */
public record OrderNode(SortOrder build) {
  static OrderNode of(
      ExpressionNode expression,
      SortOrder.SortDirection direction,
      SortOrder.NullOrdering nullOrdering) {
    return new OrderNode(
        SortOrder.newBuilder()
            .setChild(expression.build())
            .setDirection(direction)
            .setNullOrdering(nullOrdering)
            .build());
  }

  /** The same order, with nulls before everything else. */
  public OrderNode nullsFirst() {
    return new OrderNode(
        build.toBuilder().setNullOrdering(SortOrder.NullOrdering.SORT_NULLS_FIRST).build());
  }

  /** The same order, with nulls after everything else. */
  public OrderNode nullsLast() {
    return new OrderNode(
        build.toBuilder().setNullOrdering(SortOrder.NullOrdering.SORT_NULLS_LAST).build());
  }
}
