package dev.graft.registry.admin;

import dev.graft.registry.StatusTables;
import dev.graft.registry.error.Failure;
import dev.graft.registry.invoke.CallCounts;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.report.Values;
import dev.graft.registry.session.SessionStatus;
import dev.graft.registry.status.PluginStatus;
import dev.graft.registry.status.ServerStatus;
import dev.graft.registry.status.Traffic;
import dev.graft.spi.LoadedExtension;
import java.util.List;
import java.util.Map;

/** A status for programs: what {@code --json} prints. */
final class StatusValues {
  private StatusValues() {}

  static Map<String, Object> of(ServerStatus status) {
    Map<String, Object> values =
        Values.of(
            "host", status.host(),
            "started", status.started(),
            "loaded", status.loaded(),
            "loadingMilliseconds", status.loading().toMillis(),
            "plugins", status.plugins().stream().map(StatusValues::of).toList(),
            "refused", status.refused().stream().map(Values::refusal).toList(),
            "warnings", status.warnings(),
            "changed", status.changed(),
            "failures", status.failures().stream().map(StatusValues::of).toList(),
            "sessions", status.sessions().stream().map(StatusValues::of).toList());
    status.traffic().ifPresent(traffic -> values.put("traffic", of(traffic)));
    return values;
  }

  /** A plugin. */
  static Map<String, Object> of(PluginStatus status) {
    LoadedPlugin plugin = status.plugin();
    return Values.of(
        "class", plugin.className(),
        "id", plugin.origin().id(),
        "version", plugin.origin().version(),
        "location", plugin.origin().location(),
        "sha256", status.digest(),
        "kind", plugin.kind().word(),
        "portable", plugin.portable(),
        "milliseconds", status.took().toMillis(),
        "messages", status.messages().stream().map(StatusValues::of).toList());
  }

  private static Map<String, Object> of(PluginStatus.Message message) {
    return counted("name", message.name(), message.counts(), "failures", message.failures());
  }

  private static Map<String, Object> counted(
      String called, String name, CallCounts counts, String why, Map<String, Long> failures) {
    return Values.of(
        called,
        name,
        "offered",
        counts.offered(),
        "accepted",
        counts.accepted(),
        "declined",
        counts.declined(),
        "failed",
        counts.failed(),
        why,
        failures,
        "bytesIn",
        counts.bytesIn(),
        "bytesOut",
        counts.bytesOut(),
        "nodes",
        counts.nodes(),
        "totalMilliseconds",
        StatusTables.millis(counts.durations().totalNanos()),
        "p50Milliseconds",
        StatusTables.millis(counts.durations().quantileNanos(0.5)),
        "p99Milliseconds",
        StatusTables.millis(counts.durations().quantileNanos(0.99)),
        "maxMilliseconds",
        StatusTables.millis(counts.durations().maxNanos()));
  }

  /** A request that was refused. */
  static Map<String, Object> of(Failure failure) {
    return Values.of(
        "time", failure.time(),
        "code", failure.code(),
        "text", failure.text(),
        "user", failure.user(),
        "session", failure.session());
  }

  /** A session. */
  static Map<String, Object> of(SessionStatus session) {
    return Values.of(
        "user", session.key().user(),
        "session", session.key().session(),
        "jars",
            session.jars().stream()
                .map(
                    jar ->
                        Values.of("name", jar.name(), "bytes", jar.bytes(), "sha256", jar.digest()))
                .toList(),
        "refused", session.refused());
  }

  private static Map<String, Object> of(Traffic traffic) {
    return Values.of(
        "backend", traffic.backend(),
        "backendVersion", traffic.backendVersion(),
        "connections", traffic.connections(),
        "underWay", traffic.underWay(),
        "memory", traffic.memory(),
        "mostMemory", traffic.mostMemory(),
        "methods",
            traffic.methods().stream()
                .map(
                    method ->
                        counted(
                            "method",
                            method.name(),
                            method.counts(),
                            "statuses",
                            method.failures()))
                .toList());
  }

  /** What a plugin tells of a message. */
  static List<Map<String, Object>> of(List<LoadedExtension> described) {
    return described.stream()
        .map(
            one ->
                Values.of(
                    "kind", one.kind().word(),
                    "name", one.name(),
                    "message", one.message(),
                    "class", one.plugin(),
                    "documentation", one.documentation()))
        .toList();
  }
}
