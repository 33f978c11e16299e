package dev.graft.benchmarks.reload;

import dev.graft.benchmarks.table.MarkdownTable;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of reloads, and its table. Immutable.
 *
 * @param plugins how many were loaded each time
 * @param jvms what each JVM measured; at least one
 */
record ReloadResults(int plugins, List<Measured> jvms) {
  private static final String HEAD =
      """
      | JVM | reload, one jar of %d changed, ms | all changed, ms | all changed, beside requests, ms | p50 of requests, ms | p99, ms | p99: a reload each second / none | aim | met | one after the other / none | longest, ms |
      |:--|--:|--:|--:|--:|--:|--:|--:|:--|--:|--:|
      """;

  /** How many times longer the slowest hundredth may take. */
  private static final double AIM = 1.1;

  ReloadResults {
    jvms = List.copyOf(jvms);
  }

  /**
   * A line for each JVM, and one for the worst of each column. Where there are three numbers in a
   * cell they are without reloads, with one each second, and with one after the other.
   */
  String markdown() {
    MarkdownTable table = new MarkdownTable(HEAD.formatted(plugins));
    for (int number = 0; number < jvms.size(); number++) {
      List<Measured> one = List.of(jvms.get(number));
      row(table, Integer.toString(number + 1), one);
    }
    row(table, "the worst of each", jvms);
    return table.toString();
  }

  private static void row(MarkdownTable table, String name, List<Measured> of) {
    double ratio = worst(of, one -> one.seldom().p99() / one.without().p99());
    table.row(
        name,
        text("%.0f", worst(of, Measured::oneChanged)),
        text("%.0f", worst(of, Measured::allChanged)),
        text("%.0f", worst(of, Measured::beside)),
        three("%.3f", of, Measured.Requests::p50),
        three("%.3f", of, Measured.Requests::p99),
        text("%.2f", ratio),
        text("%.1f", AIM),
        ratio <= AIM ? "yes" : "no",
        text("%.2f", worst(of, one -> one.always().p99() / one.without().p99())),
        three("%.1f", of, Measured.Requests::longest));
  }

  /** Without reloads, with one each second, and with one after the other. */
  private static String three(
      String format, List<Measured> of, ToDoubleFunction<Measured.Requests> number) {
    return text(format, worst(of, one -> number.applyAsDouble(one.without())))
        + ", "
        + text(format, worst(of, one -> number.applyAsDouble(one.seldom())))
        + ", "
        + text(format, worst(of, one -> number.applyAsDouble(one.always())));
  }

  private static double worst(List<Measured> of, ToDoubleFunction<Measured> number) {
    return of.stream().mapToDouble(number).max().orElseThrow();
  }

  private static String text(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
