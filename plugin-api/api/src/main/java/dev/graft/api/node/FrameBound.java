package dev.graft.api.node;

import org.apache.spark.connect.proto.Expression.Window.WindowFrame.FrameBoundary;

/** Where a window's frame begins or ends, seen from the current row. */
public sealed interface FrameBound {
  /** The window's own beginning or end. */
  static FrameBound unbounded() {
    return new Unbounded();
  }

  /** The current row; in a range, with all rows of an equal value. */
  static FrameBound currentRow() {
    return new CurrentRow();
  }

  /**
   * This many rows before the current one; in a range, the value that is less than the current one
   * by this distance.
   */
  static FrameBound preceding(long distance) {
    return new Distance(Math.negateExact(distance));
  }

  /**
   * This many rows after the current one; in a range, the value that is greater than the current
   * one by this distance.
   */
  static FrameBound following(long distance) {
    return new Distance(distance);
  }

  /**
   * A bound of a range by a distance that is no whole number, for example an interval.
   *
   * @param distance a constant; negative for what lies before the current row
   */
  static FrameBound at(ExpressionNode distance) {
    return new Value(distance);
  }

  /** The bound in a frame that counts rows. */
  FrameBoundary ofRows();

  /**
   * The bound in a frame of a range, whose distances are differences between values of the order.
   */
  FrameBoundary ofRange();

  /** See {@link #unbounded}. */
  record Unbounded() implements FrameBound {
    @Override
    public FrameBoundary ofRows() {
      return FrameBoundary.newBuilder().setUnbounded(true).build();
    }

    @Override
    public FrameBoundary ofRange() {
      return ofRows();
    }
  }

  /** See {@link #currentRow}. */
  record CurrentRow() implements FrameBound {
    @Override
    public FrameBoundary ofRows() {
      return FrameBoundary.newBuilder().setCurrentRow(true).build();
    }

    @Override
    public FrameBoundary ofRange() {
      return ofRows();
    }
  }

  /**
   * A distance in whole numbers.
   *
   * @param distance negative for what lies before the current row
   */
  record Distance(long distance) implements FrameBound {
    @Override
    public FrameBoundary ofRows() {
      if (distance < -Integer.MAX_VALUE || distance > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "A frame's bound lies "
                + distance
                + " rows away. Give at most "
                + Integer.MAX_VALUE
                + " or FrameBound.unbounded().");
      }
      return distance == 0
          ? new CurrentRow().ofRows()
          : new Value(Nodes.literal((int) distance)).ofRange();
    }

    @Override
    public FrameBoundary ofRange() {
      return distance == 0
          ? new CurrentRow().ofRange()
          : new Value(Nodes.literal(distance)).ofRange();
    }
  }

  /**
   * A distance that is an expression.
   *
   * @param distance see {@link #at}
   */
  record Value(ExpressionNode distance) implements FrameBound {
    @Override
    public FrameBoundary ofRows() {
      return ofRange();
    }

    @Override
    public FrameBoundary ofRange() {
      return FrameBoundary.newBuilder().setValue(distance.build()).build();
    }
  }
}
