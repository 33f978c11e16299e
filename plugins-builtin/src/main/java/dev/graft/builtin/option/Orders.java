package dev.graft.builtin.option;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.OrderNode;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.SortOrder;
import org.apache.spark.connect.proto.Expression.SortOrder.NullOrdering;
import org.apache.spark.connect.proto.Expression.SortOrder.SortDirection;

/**
 * Orders as clients send them: a sort order, or a plain expression, which sorts ascending. What a
 * sort order leaves open is filled in as SQL does: ascending, nulls first; descending, nulls last.
 */
public final class Orders {
  private Orders() {}

  /** Each as an order to sort by, direction and place of nulls always given. */
  public static List<OrderNode> of(List<Expression> expressions) {
    return expressions.stream().map(Orders::of).toList();
  }

  private static OrderNode of(Expression expression) {
    if (!expression.hasSortOrder()) {
      return new ExpressionNode(expression).asc();
    }
    SortOrder given = expression.getSortOrder();
    ExpressionNode sorted = new ExpressionNode(given.getChild());
    boolean descending = given.getDirection() == SortDirection.SORT_DIRECTION_DESCENDING;
    OrderNode order = descending ? sorted.desc() : sorted.asc();
    return switch (given.getNullOrdering()) {
      case SORT_NULLS_FIRST -> order.nullsFirst();
      case SORT_NULLS_LAST -> order.nullsLast();
      default -> order;
    };
  }

  /** What is sorted. */
  public static ExpressionNode sorted(OrderNode order) {
    return new ExpressionNode(order.build().getChild());
  }

  /** The same order of something else. */
  public static OrderNode of(ExpressionNode expression, OrderNode like) {
    return new OrderNode(like.build().toBuilder().setChild(expression.build()).build());
  }

  /** Whether the greatest come first. */
  public static boolean descending(OrderNode order) {
    return order.build().getDirection() == SortDirection.SORT_DIRECTION_DESCENDING;
  }

  /** Whether nulls stand where SQL puts them unless told otherwise: with the smallest. */
  public static boolean nullsAreSmallest(OrderNode order) {
    return descending(order) == (order.build().getNullOrdering() == NullOrdering.SORT_NULLS_LAST);
  }
}
