package dev.graft.registry.reload;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.loading.FolderState;
import dev.graft.registry.settings.RegistryConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the plugin folders from time to time, and has the registry load them again when they
 * have changed. What is still being copied is left alone: a change is taken up when the folders
 * look the same twice. Safe for use by several threads.
 */
public final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");
  private static final int SHOWN = 5;

  private final Registry registry;
  private final Consumer<Snapshot> taken;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "graft-plugin-watch");
            thread.setDaemon(true);
            return thread;
          });

  /** What was loaded, or refused, last. Used by the clock's thread alone. */
  private FolderState tried;

  /** What the folders looked like the last time. Used by the clock's thread alone. */
  private FolderState seen;

  FolderWatch(Registry registry, Consumer<Snapshot> taken) {
    this.registry = registry;
    this.taken = taken;
    this.tried = registry.current().folders();
    this.seen = tried;
  }

  /**
   * Begins to look, where {@code graft.plugins.watch} says so.
   *
   * @param taken is told of each snapshot that requests begin with from then on
   */
  public static FolderWatch start(Registry registry, Consumer<Snapshot> taken) {
    FolderWatch watch = new FolderWatch(registry, taken);
    Duration interval = registry.current().configuration().watch();
    if (!interval.isZero()) {
      // Nobody waits for it: it ends with the clock.
      ScheduledFuture<?> unused =
          watch.clock.scheduleWithFixedDelay(
              watch::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
    return watch;
  }

  /** Looks once. */
  void look() {
    try {
      RegistryConfiguration configuration = registry.current().configuration();
      FolderState now = FolderState.of(configuration.pluginPath());
      boolean settled = now.equals(seen);
      seen = now;
      if (settled && !now.equals(tried)) {
        List<Path> changes = tried.differences(now);
        tried = now;
        reload(changes);
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.error("A look at the plugin folders has failed: {}", FailureText.of(e), e);
    }
  }

  private void reload(List<Path> changes) {
    String changed =
        changes.stream().limit(SHOWN).map(Path::toString).collect(Collectors.joining(", "))
            + (changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "")
            + (changes.size() == 1 ? " has changed" : " have changed");
    Snapshot next;
    try {
      next = registry.reload();
    } catch (GraftException e) {
      LOG.error("{}, but what was loaded before goes on serving. {}", changed, e.getMessage());
      return;
    }
    LOG.info("{}, and the plugins have been loaded again", changed);
    taken.accept(next);
  }

  /** Looks no more. A snapshot that is being loaded at the moment may still be swapped in. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
