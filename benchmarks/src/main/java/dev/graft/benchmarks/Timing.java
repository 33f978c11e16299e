package dev.graft.benchmarks;

import java.util.Locale;

/**
 * What JMH found for one benchmark with one set of parameters.
 *
 * @param nanoseconds the mean of one operation
 * @param error half the width of the mean's confidence interval of 99.9 %, in nanoseconds
 */
record Timing(double nanoseconds, double error) {
  /** How many times longer this takes than another. */
  double over(Timing other) {
    return nanoseconds / other.nanoseconds;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,.0f ± %,.0f", nanoseconds, error);
  }
}
