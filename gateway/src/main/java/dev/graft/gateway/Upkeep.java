package dev.graft.gateway;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.admin.AdminPort;
import dev.graft.registry.reload.FolderWatch;
import dev.graft.registry.reload.Reloading;
import dev.graft.registry.status.ServerView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a gateway's plugins while it runs: their folders are watched, and operators have
 * a port. What is loaded is reported. Safe for use by several threads.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Reloading reloading;
  private final AdminPort admin;
  private @Nullable FolderWatch watch;

  /**
   * Opens the port, and reports what has been loaded.
   *
   * @param view what the port shows
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID as {@link
   *     AdminPort#open} does, and if the report cannot be written
   */
  Upkeep(Registry registry, ServerView view) {
    this.reloading = new Reloading(registry, this::taken);
    this.admin = AdminPort.open(reloading, view);
    try {
      ReportFile.write(registry.current(), text(registry.current()));
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  /** Begins to watch the folders. */
  void watch() {
    watch = FolderWatch.start(reloading);
  }

  private void taken(Snapshot snapshot) {
    String text = text(snapshot);
    LOG.info("{}", text);
    ReportFile.write(snapshot, text);
  }

  /** The load report of a snapshot, with the address for operators where there is one. */
  String text(Snapshot snapshot) {
    return admin.with(snapshot.report().text());
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    admin.close();
  }
}
