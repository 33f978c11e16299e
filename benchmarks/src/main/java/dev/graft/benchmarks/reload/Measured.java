package dev.graft.benchmarks.reload;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What one JVM measured, in milliseconds.
 *
 * @param oneChanged a reload where one jar has changed, the middle one
 * @param allChanged a reload where all jars have changed, with no requests beside it
 * @param beside the same beside requests
 * @param without requests without reloads beside them
 * @param seldom requests with a reload beside them now and then
 * @param always requests with one reload after the other beside them
 */
record Measured(
    double oneChanged,
    double allChanged,
    double beside,
    Requests without,
    Requests seldom,
    Requests always) {
  /**
   * How long requests took.
   *
   * @param p50 half of them at most
   * @param p99 99 of 100 at most
   * @param longest all of them at most
   */
  record Requests(double p50, double p99, double longest) {
    /** Of the nanoseconds of each. */
    static Requests of(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Requests(
          sorted[sorted.length / 2] / 1e6,
          sorted[(int) (sorted.length * 0.99)] / 1e6,
          sorted[sorted.length - 1] / 1e6);
    }
  }

  /** As one line. */
  String line() {
    return DoubleStream.of(
            oneChanged,
            allChanged,
            beside,
            without.p50,
            without.p99,
            without.longest,
            seldom.p50,
            seldom.p99,
            seldom.longest,
            always.p50,
            always.p99,
            always.longest)
        .mapToObj(number -> String.format(Locale.ROOT, "%.6f", number))
        .collect(Collectors.joining(" "));
  }

  /** Of such a line. */
  static Measured of(String line) {
    double[] numbers = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new Measured(
        numbers[0],
        numbers[1],
        numbers[2],
        new Requests(numbers[3], numbers[4], numbers[5]),
        new Requests(numbers[6], numbers[7], numbers[8]),
        new Requests(numbers[9], numbers[10], numbers[11]));
  }
}
