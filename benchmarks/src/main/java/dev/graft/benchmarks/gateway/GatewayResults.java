package dev.graft.benchmarks.gateway;

import dev.graft.benchmarks.table.MarkdownTable;
import dev.graft.benchmarks.table.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was measured of the gateway, and the tables of it. Not safe for use by several threads. */
final class GatewayResults {
  private static final double MEGABYTE = 1 << 20;

  private Map<Way, Series> latencies = new EnumMap<>(Way.class);
  private Map<Way, Series> rates = new EnumMap<>(Way.class);
  private final Map<Integer, Map<Way, Series>> streams = new TreeMap<>();
  private @Nullable SlowReaders slow;
  private Map<String, SparkQueries.Times> queries = Map.of();

  /** Microseconds of a call. */
  void latencies(Map<Way, Series> measured) {
    latencies = measured;
  }

  /** Calls in a second. */
  void rates(Map<Way, Series> measured) {
    rates = measured;
  }

  /** Seconds of processor time for 10^9 bytes. */
  void stream(int messageBytes, Map<Way, Series> measured) {
    streams.put(messageBytes, measured);
  }

  void slowReaders(SlowReaders measured) {
    slow = measured;
  }

  void queries(Map<String, SparkQueries.Times> measured) {
    queries = measured;
  }

  /** All tables, an empty line between them, and what could not be measured. */
  String markdown() {
    List<String> parts = new ArrayList<>();
    parts.add(calls());
    parts.add(streamTable());
    parts.add(slowTable());
    parts.add(queryTable());
    parts.add(aims());
    if (!latencies.containsKey(Way.NGINX)) {
      parts.add("There is no nginx on the PATH, so nothing is compared with it.\n");
    }
    return String.join("\n", parts);
  }

  private String calls() {
    MarkdownTable table =
        new MarkdownTable(
            """
            | way | one call at a time, p50, µs | / direct | 32 in flight, calls/s | / nginx |
            |:--|--:|--:|--:|--:|
            """);
    for (Way way : Way.values()) {
      table.row(
          way.toString(),
          cell(latencies.get(way), "%,.0f"),
          ratio(latencies.get(way), latencies.get(Way.DIRECT)),
          cell(rates.get(way), "%,.0f"),
          ratio(rates.get(way), rates.get(Way.NGINX)));
    }
    return table.toString();
  }

  private String streamTable() {
    MarkdownTable table =
        new MarkdownTable(
            """
            | message | Graft's gateway | nginx `grpc_pass` | plain grpc-java proxy | gateway / nginx |
            |--:|--:|--:|--:|--:|
            """);
    streams.forEach(
        (size, ways) ->
            table.row(
                size(size),
                cell(ways.get(Way.GATEWAY), "%.2f"),
                cell(ways.get(Way.NGINX), "%.2f"),
                cell(ways.get(Way.PLAIN), "%.2f"),
                ratio(ways.get(Way.GATEWAY), ways.get(Way.NGINX))));
    return table.toString();
  }

  private String slowTable() {
    MarkdownTable table =
        new MarkdownTable(
            """
            | under way, direct, MB | under way, through the gateway, MB | of these in or around the gateway, MB | gateway's memory, MB |
            |--:|--:|--:|--:|
            """);
    SlowReaders measured = slow;
    if (measured != null) {
      table.row(
          megabytes(measured.direct()),
          megabytes(measured.through()),
          megabytes(measured.through() - measured.direct()),
          megabytes(measured.memory()));
    }
    return table.toString();
  }

  private String queryTable() {
    MarkdownTable table =
        new MarkdownTable(
            """
            | query | direct, ms | through the gateway, ms | / direct |
            |:--|--:|--:|--:|
            """);
    queries.forEach(
        (title, times) ->
            table.row(
                title,
                cell(times.direct(), "%,.1f"),
                cell(times.through(), "%,.1f"),
                String.format(Locale.ROOT, "%.3f", times.through().over(times.direct()))));
    return table.toString();
  }

  private String aims() {
    MarkdownTable table =
        new MarkdownTable(
            """
            | aim | wanted | measured | met |
            |:--|:--|--:|:--|
            """);
    for (Aim aim : allAims()) {
      table.row(aim.cells());
    }
    return table.toString();
  }

  private List<Aim> allAims() {
    List<Aim> aims = new ArrayList<>();
    if (latencies.keySet().containsAll(Set.of(Way.GATEWAY, Way.DIRECT))) {
      double slower = over(latencies, Way.GATEWAY, Way.DIRECT);
      aims.add(new Aim("p50 of a call / direct", slower, 1.8, true, "%.2f"));
    }
    if (rates.keySet().containsAll(Set.of(Way.GATEWAY, Way.NGINX))) {
      double faster = over(rates, Way.GATEWAY, Way.NGINX);
      aims.add(new Aim("rate of 32 in flight / nginx", faster, 2, false, "%.2f"));
    }
    streams.forEach(
        (size, ways) -> {
          if (ways.keySet().containsAll(Set.of(Way.GATEWAY, Way.NGINX))) {
            double more = over(ways, Way.GATEWAY, Way.NGINX);
            aims.add(
                new Aim("CPU of a stream of " + size(size) + " / nginx", more, 1, true, "%.2f"));
          }
        });
    SlowReaders measured = slow;
    if (measured != null) {
      double limit = 2 * GatewayTables.WINDOW_BYTES + SlowReaders.MESSAGE_BYTES;
      double held = measured.memory();
      aims.add(
          new Aim(
              "MB held for a slow reader, two windows and a message",
              held / MEGABYTE,
              limit / MEGABYTE,
              true,
              "%.2f"));
    }
    queries.forEach(
        (title, times) ->
            aims.add(
                new Aim(
                    title + " / direct",
                    times.through().over(times.direct()),
                    1.02,
                    true,
                    "%.3f")));
    return aims;
  }

  private static double over(Map<Way, Series> measured, Way way, Way base) {
    Series above = measured.get(way);
    Series below = measured.get(base);
    if (above == null || below == null) {
      throw new IllegalArgumentException(way + " or " + base + " is missing");
    }
    return above.over(below);
  }

  private static String size(int bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }

  private static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / MEGABYTE);
  }

  private static String cell(@Nullable Series series, String format) {
    return series == null ? "missing" : series.cell(format);
  }

  private static String ratio(@Nullable Series series, @Nullable Series base) {
    return series == null || base == null
        ? ""
        : String.format(Locale.ROOT, "%.2f", series.over(base));
  }
}
