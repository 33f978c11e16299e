package dev.graft.benchmarks.attacks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long the calls of some time took.
 *
 * @param sorted nanoseconds each, the shortest first; at least one
 */
record Latencies(long[] sorted) {
  Latencies {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("No call has ended");
    }
    sorted = sorted.clone();
    Arrays.sort(sorted);
  }

  @Override
  public long[] sorted() {
    return sorted.clone();
  }

  /** The calls of several periods together. */
  static Latencies together(List<Latencies> several) {
    return new Latencies(
        several.stream().flatMapToLong(some -> Arrays.stream(some.sorted)).toArray());
  }

  /** The time that this percentage of the calls did not exceed, in milliseconds. */
  double millis(double percent) {
    int index = (int) Math.ceil(sorted.length * percent / 100) - 1;
    return sorted[Math.max(index, 0)] / 1e6;
  }

  /** What 99 percent of the calls did not exceed, in milliseconds. */
  double p99() {
    return millis(99);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms, longest %.1f ms, %d calls",
        millis(50),
        p99(),
        millis(100),
        sorted.length);
  }
}
