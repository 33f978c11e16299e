package dev.graft.registry.status;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.Failure;
import dev.graft.registry.loading.FolderState;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.session.SessionStatus;
import dev.graft.spi.LoadedExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at a server. Safe for use by several threads. */
public final class ServerView {
  private final Registry registry;
  private final Supplier<List<SessionStatus>> sessions;
  private final Supplier<Optional<Traffic>> traffic;
  private final JarDigests digests = new JarDigests();
  private final Instant started;

  /**
   * A view of a server.
   *
   * @param sessions those that have plugins of their own
   * @param traffic what passes, in a gateway
   */
  public ServerView(
      Registry registry,
      Supplier<List<SessionStatus>> sessions,
      Supplier<Optional<Traffic>> traffic) {
    this.registry = registry;
    this.started = registry.current().loaded();
    this.sessions = sessions;
    this.traffic = traffic;
  }

  /** What serves. */
  public Snapshot serving() {
    return registry.current();
  }

  /**
   * The server at this moment. Looks at the files in plugin folders, and reads a jar that has not
   * been read since it changed, for its digest.
   */
  public ServerStatus now() {
    Snapshot serving = registry.current();
    LoadReport report = serving.report();
    List<Path> changed =
        serving.folders().differences(FolderState.of(serving.configuration().watched()));
    Set<String> different = new HashSet<>();
    changed.forEach(file -> different.add(file.toString()));
    return new ServerStatus(
        report.host(),
        started,
        serving.loaded(),
        report.took(),
        report.loaded().stream()
            .map(
                loaded -> {
                  String location = loaded.plugin().origin().location();
                  return PluginStatus.of(
                      loaded.plugin(),
                      different.contains(location) ? "" : digests.of(location),
                      loaded.took());
                })
            .toList(),
        report.refused(),
        report.warnings(),
        changed,
        registry.failures().last(),
        sessions.get(),
        traffic.get());
  }

  /** What passes, in a gateway. */
  public Optional<Traffic> traffic() {
    return traffic.get();
  }

  /** The last requests that were refused, the last first. */
  public List<Failure> failures() {
    return registry.failures().last();
  }

  /** The sessions that have plugins of their own. */
  public List<SessionStatus> sessions() {
    return sessions.get();
  }

  /**
   * What plugins tell of the messages of one name; the first call asks all plugins, which may take
   * a while.
   */
  public List<LoadedExtension> described(String message) {
    return registry.current().index().extensions().stream()
        .filter(extension -> extension.message().equals(message))
        .toList();
  }
}
