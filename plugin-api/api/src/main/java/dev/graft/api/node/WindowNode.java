package dev.graft.api.node;

import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.Window;
import org.apache.spark.connect.proto.Expression.Window.WindowFrame;

/** A window: which rows a row is seen with, in which order. Starts at {@link Windows}. */
public final class WindowNode {
  /** The window without its function, which {@link #apply} sets. */
  private final Window window;

  private WindowNode(Window window) {
    this.window = window;
  }

  static WindowNode over(List<ExpressionNode> partition) {
    Window.Builder window = Window.newBuilder();
    partition.forEach(expression -> window.addPartitionSpec(expression.build()));
    return new WindowNode(window.build());
  }

  /** The same window in this order. */
  public WindowNode orderBy(OrderNode... order) {
    return orderBy(List.of(order));
  }

  /** The same window in this order. */
  public WindowNode orderBy(List<OrderNode> order) {
    Window.Builder ordered = window.toBuilder().clearOrderSpec();
    order.forEach(one -> ordered.addOrderSpec(one.build()));
    return new WindowNode(ordered.build());
  }

  /**
   * The same window with a frame in rows: each row sees the rows between these bounds.
   *
   * @throws IllegalArgumentException if a bound is farther than {@link Integer#MAX_VALUE} rows
   */
  public WindowNode rowsBetween(FrameBound lower, FrameBound upper) {
    return frame(WindowFrame.FrameType.FRAME_TYPE_ROW, lower.ofRows(), upper.ofRows());
  }

  /**
   * The same window with a frame in values: each row sees the rows whose value of the order lies
   * between these bounds, seen from its own. Bounds other than the current row and unbounded need
   * exactly one order, over values that distances can be added to.
   */
  public WindowNode rangeBetween(FrameBound lower, FrameBound upper) {
    return frame(WindowFrame.FrameType.FRAME_TYPE_RANGE, lower.ofRange(), upper.ofRange());
  }

  private WindowNode frame(
      WindowFrame.FrameType type,
      WindowFrame.FrameBoundary lower,
      WindowFrame.FrameBoundary upper) {
    return new WindowNode(
        window.toBuilder()
            .setFrameSpec(
                WindowFrame.newBuilder().setFrameType(type).setLower(lower).setUpper(upper))
            .build());
  }

  ExpressionNode apply(ExpressionNode function) {
    return Nodes.expression(
        Expression.newBuilder()
            .setWindow(window.toBuilder().setWindowFunction(function.build()))
            .build());
  }
}
