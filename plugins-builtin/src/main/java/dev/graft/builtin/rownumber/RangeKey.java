package dev.graft.builtin.rownumber;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.OrderNode;
import dev.graft.builtin.option.Orders;
import java.util.ArrayList;
import java.util.List;

/**
 * A value that can be compared with {@code <}, and by which rows lie as in their order, or the
 * other way round. Spark compares structs field by field, nulls being the smallest; so the key is a
 * struct of what is sorted by, as far as the direction stays the same. What is left out only tells
 * rows of the same key apart.
 *
 * @param expression the key; never null itself
 * @param descending whether the rows with the greatest key come first
 */
record RangeKey(ExpressionNode expression, boolean descending) {
  /**
   * The key of an order.
   *
   * @param order at least one
   */
  static RangeKey of(List<OrderNode> order) {
    boolean descending = Orders.descending(order.get(0));
    List<ExpressionNode> fields = new ArrayList<>();
    for (OrderNode each : order) {
      if (Orders.descending(each) != descending) {
        break;
      }
      if (!Orders.nullsAreSmallest(each)) {
        fields.add(Orders.sorted(each).isNull()); // true is greater than false
      }
      fields.add(Orders.sorted(each));
    }
    return new RangeKey(Nodes.call("struct", named(fields)), descending);
  }

  /** Names of their own, since what is sorted by may have the same one twice. */
  private static List<ExpressionNode> named(List<ExpressionNode> fields) {
    List<ExpressionNode> named = new ArrayList<>();
    for (ExpressionNode field : fields) {
      named.add(field.as("f" + named.size()));
    }
    return named;
  }
}
