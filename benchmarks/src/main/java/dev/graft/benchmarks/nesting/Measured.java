package dev.graft.benchmarks.nesting;

/**
 * What one kind of plan cost in one JVM.
 *
 * @param size how many levels or steps it has
 * @param counted what happened in the server; the same each time
 * @param milliseconds the median of several times, on a server that is warm
 */
record Measured(Shape shape, Way way, int size, Counters counted, double milliseconds) {
  /** What the plan is like. */
  enum Shape {
    /** Selections in one another; columns and rows are asked for once. */
    NESTED,
    /** A loop that asks for the columns at each step. */
    LOOP
  }

  boolean isOf(Shape otherShape, Way otherWay, int otherSize) {
    return shape == otherShape && way == otherWay && size == otherSize;
  }
}
