package dev.graft.api.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows to compute over, and the functions that only exist over one. */
public final class Windows {
  private Windows() {}

  /** A window for each distinct combination of these; with none, one window for all rows. */
  public static WindowNode partitionBy(ExpressionNode... partition) {
    return partitionBy(List.of(partition));
  }

  /** A window for each distinct combination of these; with none, one window for all rows. */
  public static WindowNode partitionBy(List<ExpressionNode> partition) {
    return WindowNode.over(partition);
  }

  /** One window for all rows, in this order. All rows come together in one task. */
  public static WindowNode orderBy(OrderNode... order) {
    return partitionBy().orderBy(order);
  }

  /**
   * The row's place in its window's order, from 1; rows that are equal are told apart at random.
   */
  public static ExpressionNode rowNumber() {
    return Nodes.call("row_number");
  }

  /**
   * The place, from 1; rows that are equal share one, and as many places are left out after them.
   */
  public static ExpressionNode rank() {
    return Nodes.call("rank");
  }

  /** The place, from 1; rows that are equal share one, and none is left out. */
  public static ExpressionNode denseRank() {
    return Nodes.call("dense_rank");
  }

  /**
   * The value some rows before this one.
   *
   * @param rows how many rows before
   * @param otherwise where there is no such row: an expression, or a value that {@link
   *     Nodes#literal} takes
   */
  public static ExpressionNode lag(ExpressionNode value, int rows, @Nullable Object otherwise) {
    return Nodes.call("lag", value, rows, otherwise);
  }

  /**
   * The value some rows after this one.
   *
   * @param rows how many rows after
   * @param otherwise where there is no such row: an expression, or a value that {@link
   *     Nodes#literal} takes
   */
  public static ExpressionNode lead(ExpressionNode value, int rows, @Nullable Object otherwise) {
    return Nodes.call("lead", value, rows, otherwise);
  }
}
