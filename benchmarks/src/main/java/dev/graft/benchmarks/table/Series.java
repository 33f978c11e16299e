package dev.graft.benchmarks.table;

import java.util.Arrays;
import java.util.Locale;

/**
 * What the rounds of a measurement gave, in their order. Immutable.
 *
 * @param rounds one value each; at least one
 */
public record Series(double... rounds) {
  public Series {
    if (rounds.length == 0) {
      throw new IllegalArgumentException("There are no rounds");
    }
    rounds = rounds.clone();
  }

  @Override
  public double[] rounds() {
    return rounds.clone();
  }

  /** The middle value. */
  public double median() {
    return median(rounds);
  }

  /** The middle of the quotients by another series, round by round, so that drift cancels out. */
  public double over(Series other) {
    double[] quotients = new double[Math.min(rounds.length, other.rounds.length)];
    Arrays.setAll(quotients, round -> rounds[round] / other.rounds[round]);
    return median(quotients);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The median, and the smallest and largest value, as a table's cell. */
  public String cell(String format) {
    double least = Arrays.stream(rounds).min().orElseThrow();
    double most = Arrays.stream(rounds).max().orElseThrow();
    return String.format(
        Locale.ROOT, format + " (" + format + "–" + format + ")", median(), least, most);
  }
}
