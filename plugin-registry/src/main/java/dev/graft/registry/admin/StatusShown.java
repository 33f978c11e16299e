package dev.graft.registry.admin;

import static dev.graft.spi.StatusTable.Type.BYTES;
import static dev.graft.spi.StatusTable.Type.COUNT;
import static dev.graft.spi.StatusTable.Type.MILLISECONDS;
import static dev.graft.spi.StatusTable.Type.TEXT;

import dev.graft.registry.StatusTables;
import dev.graft.registry.error.PathText;
import dev.graft.registry.invoke.CallCounts;
import dev.graft.registry.invoke.Durations;
import dev.graft.registry.session.SessionStatus;
import dev.graft.registry.status.PluginStatus;
import dev.graft.registry.status.ServerStatus;
import dev.graft.registry.status.Traffic;
import dev.graft.spi.StatusTable;
import dev.graft.spi.StatusTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables of a status, for people. */
final class StatusShown {
  private StatusShown() {}

  /** The plugins, one row for each message, with as much as fits on a screen. */
  static StatusTable plugins(List<PluginStatus> plugins) {
    List<List<Object>> rows = new ArrayList<>();
    for (PluginStatus plugin : plugins) {
      String jar = PathText.lastPart(plugin.plugin().origin().location());
      for (PluginStatus.Message message : plugin.messages()) {
        CallCounts counts = message.counts();
        rows.add(
            List.of(
                plugin.plugin().kind().word(),
                message.name(),
                counts.accepted(),
                counts.declined(),
                counts.failed(),
                StatusTables.millis(counts.durations().quantileNanos(0.5)),
                StatusTables.millis(counts.durations().quantileNanos(0.99)),
                (jar + " " + plugin.plugin().origin().version()).strip()));
      }
    }
    return new StatusTable(
        "plugins",
        List.of(
            new Column("kind", TEXT),
            new Column("message", TEXT),
            new Column("accepted", COUNT),
            new Column("declined", COUNT),
            new Column("failed", COUNT),
            new Column("p50_ms", MILLISECONDS),
            new Column("p99_ms", MILLISECONDS),
            new Column("jar", TEXT)),
        rows);
  }

  /** The calls that pass through a gateway, by their methods. */
  static StatusTable methods(Traffic traffic) {
    return new StatusTable(
        "methods",
        List.of(
            new Column("method", TEXT),
            new Column("ok", COUNT),
            new Column("failed", COUNT),
            new Column("statuses", TEXT),
            new Column("p50_ms", MILLISECONDS),
            new Column("p99_ms", MILLISECONDS),
            new Column("max_ms", MILLISECONDS),
            new Column("bytes_in", BYTES),
            new Column("bytes_out", BYTES)),
        traffic.methods().stream()
            .<List<Object>>map(
                method ->
                    List.of(
                        PathText.lastPart(method.name()),
                        method.counts().accepted(),
                        method.counts().failed(),
                        method.failures().entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")),
                        StatusTables.millis(method.counts().durations().quantileNanos(0.5)),
                        StatusTables.millis(method.counts().durations().quantileNanos(0.99)),
                        StatusTables.millis(method.counts().durations().maxNanos()),
                        method.counts().bytesIn(),
                        method.counts().bytesOut()))
            .toList());
  }

  /** Some sessions. */
  static StatusTable sessions(List<SessionStatus> sessions) {
    return new StatusTable(
        "sessions",
        List.of(
            new Column("user", TEXT),
            new Column("session", TEXT),
            new Column("jars", TEXT),
            new Column("size", BYTES),
            new Column("refused", TEXT)),
        sessions.stream()
            .<List<Object>>map(
                session ->
                    List.of(
                        Html.name(session.key().user()),
                        Html.name(session.key().session()),
                        session.jars().stream()
                            .map(SessionStatus.Jar::name)
                            .collect(Collectors.joining(", ")),
                        session.jars().stream().mapToLong(SessionStatus.Jar::bytes).sum(),
                        String.join(", ", session.refused())))
            .toList());
  }

  /** How many calls took how long. */
  static StatusTable durations(Durations durations) {
    return new StatusTable(
        "durations",
        List.of(new Column("up_to", TEXT), new Column("calls", COUNT)),
        durations.buckets().stream()
            .<List<Object>>map(
                bucket -> List.of(millis(bucket.mostNanos()) + " ms", bucket.count()))
            .toList());
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, nanos < 10_000_000 ? "%.3f" : "%.0f", nanos / 1e6);
  }

  /** The server in a few lines. */
  static List<String> head(ServerStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Graft in %s: %s loaded, %d refused, %s with plugins of their own"
            .formatted(
                status.host(),
                count(status.plugins().size(), "plugin"),
                status.refused().size(),
                count(status.sessions().size(), "session")));
    lines.add(
        "Started %s; plugins loaded %s in %d ms"
            .formatted(
                Html.time(status.started()),
                Html.time(status.loaded()),
                status.loading().toMillis()));
    status
        .traffic()
        .ifPresent(
            traffic ->
                lines.add(
                    "Backend %s, %s; %s open, %s under way, %s of %s taken"
                        .formatted(
                            traffic.backend(),
                            traffic.backendVersion().isEmpty()
                                ? "not asked for its version yet"
                                : "Spark " + traffic.backendVersion(),
                            count(traffic.connections(), "connection"),
                            count(traffic.underWay(), "call"),
                            Shown.bytes(traffic.memory()),
                            Shown.bytes(traffic.mostMemory()))));
    return lines;
  }

  static String count(int number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
