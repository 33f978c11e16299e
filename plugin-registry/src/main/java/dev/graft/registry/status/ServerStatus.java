package dev.graft.registry.status;

import dev.graft.registry.error.Failure;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.session.SessionStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A server at one moment.
 *
 * @param host as people call it, such as {@code Spark 4.2.0}
 * @param started when its plugins were loaded first
 * @param loaded when those that serve were loaded
 * @param loading how long that took
 * @param plugins those that serve, in configured order
 * @param refused what was not loaded
 * @param warnings what was probably not intended
 * @param changed the files in plugin folders that are not as they were when the plugins were loaded
 * @param failures the last requests that were refused, the last first
 * @param sessions those that have plugin jars of their own
 * @param traffic what passes, in a gateway
 */
public record ServerStatus(
    String host,
    Instant started,
    Instant loaded,
    Duration loading,
    List<PluginStatus> plugins,
    List<Refusal> refused,
    List<String> warnings,
    List<Path> changed,
    List<Failure> failures,
    List<SessionStatus> sessions,
    Optional<Traffic> traffic) {
  public ServerStatus {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(loaded, "loaded");
    Objects.requireNonNull(loading, "loading");
    plugins = List.copyOf(plugins);
    refused = List.copyOf(refused);
    warnings = List.copyOf(warnings);
    changed = List.copyOf(changed);
    failures = List.copyOf(failures);
    sessions = List.copyOf(sessions);
    Objects.requireNonNull(traffic, "traffic");
  }
}
