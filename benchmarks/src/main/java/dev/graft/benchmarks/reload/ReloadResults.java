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
      | JVM | a reload of %d plugins, one jar changed, ms | all changed, ms | all changed, beside requests, ms | p50 of requests without / with reloads, ms | p99 without / with, ms | with / without | aim | met | longest without / with, ms |
      |:--|--:|--:|--:|--:|--:|--:|--:|:--|--:|
      """;

  /** How many times longer the slowest hundredth may take. */
  private static final double AIM = 1.1;

  ReloadResults {
    jvms = List.copyOf(jvms);
  }

  /** A line for each JVM, and one for the worst of each column. Times are milliseconds. */
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
    double ratio = worst(of, one -> one.with().p99() / one.without().p99());
    table.row(
        name,
        text("%.0f", worst(of, Measured::oneChanged)),
        text("%.0f", worst(of, Measured::allChanged)),
        text("%.0f", worst(of, Measured::beside)),
        pair("%.3f", of, one -> one.without().p50(), one -> one.with().p50()),
        pair("%.3f", of, one -> one.without().p99(), one -> one.with().p99()),
        text("%.2f", ratio),
        text("%.1f", AIM),
        ratio <= AIM ? "yes" : "no",
        pair("%.1f", of, one -> one.without().longest(), one -> one.with().longest()));
  }

  private static String pair(
      String format,
      List<Measured> of,
      ToDoubleFunction<Measured> without,
      ToDoubleFunction<Measured> with) {
    return text(format, worst(of, without)) + " / " + text(format, worst(of, with));
  }

  private static double worst(List<Measured> of, ToDoubleFunction<Measured> number) {
    return of.stream().mapToDouble(number).max().orElseThrow();
  }

  private static String text(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
