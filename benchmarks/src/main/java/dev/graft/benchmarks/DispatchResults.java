package dev.graft.benchmarks;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    StringBuilder table = new StringBuilder(HEAD);
    rows.forEach((row, timings) -> append(table, row, timings));
    return table.toString();
  }

  private void append(StringBuilder table, Row row, Map<String, Timing> timings) {
    Timing graft = timings.get("graft");
    Timing graftInSpark = timings.get("graftInSpark");
    Timing spark4 = timings.get("spark4");
    Timing graftAlone =
        rows.getOrDefault(new Row(row.place(), row.messageBytes(), 1), Map.of()).get("graft");
    String[] cells = {
      size(row.messageBytes()),
      String.format(Locale.ROOT, "%,d", row.plugins()),
      row.place().name().toLowerCase(Locale.ROOT),
      text(graft),
      text(graftInSpark),
      text(spark4),
      text(timings.get("spark3")),
      ratio(spark4, graft, "%,.1f"),
      ratio(spark4, graftInSpark, "%,.1f"),
      ratio(graft, graftAlone, "%.2f")
    };
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String size(int bytes) {
    return bytes < 1_000_000 ? bytes + " B" : bytes / 1_000_000 + " MB";
  }

  private static String text(@Nullable Timing timing) {
    return timing == null ? "" : timing.toString();
  }

  private static String ratio(@Nullable Timing timing, @Nullable Timing base, String format) {
    return timing == null || base == null
        ? ""
        : String.format(Locale.ROOT, format, timing.over(base));
  }
}
