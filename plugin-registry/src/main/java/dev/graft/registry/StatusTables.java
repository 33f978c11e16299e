package dev.graft.registry;

import static dev.graft.spi.StatusTable.Type.BYTES;
import static dev.graft.spi.StatusTable.Type.COUNT;
import static dev.graft.spi.StatusTable.Type.MILLISECONDS;
import static dev.graft.spi.StatusTable.Type.TEXT;
import static dev.graft.spi.StatusTable.Type.TIME;

import dev.graft.registry.error.Failure;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.CallCounts;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.spi.StatusTable;
import dev.graft.spi.StatusTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server tells of its plugins, as tables: operators get the jars' paths as well. */
public final class StatusTables {
  /** The plugins, one row for each of their messages, with what came of the calls. */
  public static final String PLUGINS = "plugins";

  /** What was not loaded, and why. */
  public static final String REFUSED = "refused";

  /** The last requests that were refused. */
  public static final String FAILURES = "failures";

  private static final List<Column> OF_PLUGINS =
      List.of(
          new Column("kind", TEXT),
          new Column("message", TEXT),
          new Column("plugin", TEXT),
          new Column("jar", TEXT),
          new Column("version", TEXT),
          new Column("type", TEXT),
          new Column("offered", COUNT),
          new Column("accepted", COUNT),
          new Column("declined", COUNT),
          new Column("failed", COUNT),
          new Column("failures", TEXT),
          new Column("p50_ms", MILLISECONDS),
          new Column("p99_ms", MILLISECONDS),
          new Column("max_ms", MILLISECONDS),
          new Column("bytes_in", BYTES),
          new Column("bytes_out", BYTES),
          new Column("nodes", COUNT));

  private static final List<Column> OF_REFUSED =
      List.of(new Column("subject", TEXT), new Column("code", TEXT), new Column("text", TEXT));

  private static final List<Column> OF_FAILURES =
      List.of(
          new Column("time", TIME),
          new Column("code", TEXT),
          new Column("text", TEXT),
          new Column("user", TEXT),
          new Column("session", TEXT));

  private StatusTables() {}

  /**
   * The table of plugins.
   *
   * @param forClients whether only the last part of a path is to be in it
   */
  public static StatusTable plugins(List<LoadedPlugin> plugins, boolean forClients) {
    List<List<Object>> rows = new ArrayList<>();
    for (LoadedPlugin plugin : plugins) {
      for (String message : plugin.messageNames().stream().sorted().toList()) {
        rows.add(row(plugin, message, forClients));
      }
    }
    return new StatusTable(PLUGINS, OF_PLUGINS, rows);
  }

  private static List<Object> row(LoadedPlugin plugin, String message, boolean forClients) {
    CallCounts counts = plugin.counters().counts(message);
    return List.of(
        plugin.kind().word(),
        message,
        plugin.className(),
        forClients ? plugin.origin().fileName() : plugin.origin().location(),
        plugin.origin().version(),
        plugin.portable() ? "portable" : "native",
        counts.offered(),
        counts.accepted(),
        counts.declined(),
        counts.failed(),
        failures(plugin.counters().failures(message)),
        millis(counts.durations().quantileNanos(0.5)),
        millis(counts.durations().quantileNanos(0.99)),
        millis(counts.durations().maxNanos()),
        counts.bytesIn(),
        counts.bytesOut(),
        counts.nodes());
  }

  private static String failures(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Nanoseconds as milliseconds, to a microsecond. */
  public static double millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0;
  }

  /** The table of what was not loaded, for operators. */
  public static StatusTable refused(List<Refusal> refusals) {
    return new StatusTable(
        REFUSED,
        OF_REFUSED,
        refusals.stream().map(one -> row(one, one.subject(), one.text())).toList());
  }

  /**
   * The table of what was not loaded, for a client, who is told no more of the server's own plugins
   * than which and by which code.
   */
  static StatusTable refusedForClient(List<Refusal> ofServer, List<Refusal> ofSession) {
    return new StatusTable(
        REFUSED,
        OF_REFUSED,
        Stream.concat(
                ofSession.stream()
                    .map(one -> row(one, one.subjectForClients(), one.textForClients())),
                ofServer.stream()
                    .map(
                        one ->
                            row(
                                one,
                                one.subjectForClients(),
                                "See the load report in the server's log.")))
            .toList());
  }

  private static List<Object> row(Refusal refusal, String subject, String text) {
    return List.of(subject, refusal.code().name(), text);
  }

  /** The table of requests that were refused. */
  public static StatusTable failures(List<Failure> failures) {
    return new StatusTable(
        FAILURES,
        OF_FAILURES,
        failures.stream()
            .<List<Object>>map(
                failure ->
                    List.of(
                        failure.time(),
                        failure.code().name(),
                        failure.text(),
                        failure.user(),
                        failure.session()))
            .toList());
  }
}
