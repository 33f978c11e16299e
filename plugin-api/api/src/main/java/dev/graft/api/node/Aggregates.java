package dev.graft.api.node;

import java.util.List;

/** The common aggregate functions; every other one is a {@link Nodes#call}. */
public final class Aggregates {
  private Aggregates() {}

  /** The number of rows. */
  public static ExpressionNode count() {
    return Nodes.call("count", 1);
  }

  /** The number of rows in which the value is not null. */
  public static ExpressionNode count(ExpressionNode value) {
    return Nodes.call("count", value);
  }

  /** The number of distinct combinations in which no value is null. */
  public static ExpressionNode countDistinct(ExpressionNode... values) {
    return Nodes.callDistinct("count", (Object[]) values);
  }

  /** The sum of the values that are not null; null where there are none. */
  public static ExpressionNode sum(ExpressionNode value) {
    return Nodes.call("sum", value);
  }

  /** The smallest value that is not null. */
  public static ExpressionNode min(ExpressionNode value) {
    return Nodes.call("min", value);
  }

  /** The largest value that is not null. */
  public static ExpressionNode max(ExpressionNode value) {
    return Nodes.call("max", value);
  }

  /** The mean of the values that are not null. */
  public static ExpressionNode avg(ExpressionNode value) {
    return Nodes.call("avg", List.of(value));
  }
}
