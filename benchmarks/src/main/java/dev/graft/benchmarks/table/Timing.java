package dev.graft.benchmarks.table;

import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH found for one benchmark with one set of parameters.
 *
 * @param nanoseconds the mean of one operation
 * @param error half the width of the mean's confidence interval of 99.9 %, in nanoseconds
 */
public record Timing(double nanoseconds, double error) {
  /** The timing of a run of a benchmark that measures average times in nanoseconds. */
  public static Timing of(RunResult run) {
    Result<?> result = run.getPrimaryResult();
    return new Timing(result.getScore(), result.getScoreError());
  }

  /** The timing of one of so many equal parts of an operation. */
  public Timing dividedBy(int parts) {
    return new Timing(nanoseconds / parts, error / parts);
  }

  /** How many times longer this takes than another. */
  public double over(Timing other) {
    return nanoseconds / other.nanoseconds;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,.0f ± %,.0f", nanoseconds, error);
  }
}
