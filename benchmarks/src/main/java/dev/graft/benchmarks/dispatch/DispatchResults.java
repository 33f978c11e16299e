package dev.graft.benchmarks.dispatch;

import static dev.graft.benchmarks.table.MarkdownTable.cell;
import static dev.graft.benchmarks.table.MarkdownTable.ratio;

import dev.graft.benchmarks.table.MarkdownTable;
import dev.graft.benchmarks.table.Timing;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured of {@link DispatchBenchmark}, and its table. Not safe for use by several
 * threads.
 */
final class DispatchResults {
  private static final String HEAD =
      """
      | message | plugins | place | Graft | Graft, called by Spark 4 | Spark 4 chain | Spark 3 chain | Spark 4 chain / Graft | Spark 4 chain / Graft called by Spark 4 | Graft / Graft with one plugin |
      |--:|--:|:--|--:|--:|--:|--:|--:|--:|--:|
      """;

  /** One row of the table, in the order of the rows. */
  private record Row(Place place, int messageBytes, int plugins) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int byPlace = place.compareTo(other.place);
      int bySize = byPlace != 0 ? byPlace : Integer.compare(messageBytes, other.messageBytes);
      return bySize != 0 ? bySize : Integer.compare(plugins, other.plugins);
    }
  }

  private final Map<Row, Map<String, Timing>> rows = new TreeMap<>();

  /**
   * Adds a measurement.
   *
   * @param method the benchmark method's name
   */
  void add(String method, Place place, int messageBytes, int plugins, Timing timing) {
    rows.computeIfAbsent(new Row(place, messageBytes, plugins), row -> new HashMap<>())
        .put(method, timing);
  }

  /**
   * The table in Markdown, all times in nanoseconds for one extension; what was not measured is
   * left empty.
   */
  String markdown() {
    MarkdownTable table = new MarkdownTable(HEAD);
    rows.forEach((row, timings) -> append(table, row, timings));
    return table.toString();
  }

  private void append(MarkdownTable table, Row row, Map<String, Timing> timings) {
    Timing graft = timings.get("graft");
    Timing graftInSpark = timings.get("graftInSpark");
    Timing spark4 = timings.get("spark4");
    Timing graftAlone =
        rows.getOrDefault(new Row(row.place(), row.messageBytes(), 1), Map.of()).get("graft");
    table.row(
        size(row.messageBytes()),
        cell(row.plugins()),
        row.place().name().toLowerCase(Locale.ROOT),
        cell(graft),
        cell(graftInSpark),
        cell(spark4),
        cell(timings.get("spark3")),
        ratio(spark4, graft, "%,.1f"),
        ratio(spark4, graftInSpark, "%,.1f"),
        ratio(graft, graftAlone, "%.2f"));
  }

  private static String size(int bytes) {
    return bytes < 1_000_000 ? bytes + " B" : bytes / 1_000_000 + " MB";
  }
}
