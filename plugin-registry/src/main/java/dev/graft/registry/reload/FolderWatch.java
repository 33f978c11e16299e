package dev.graft.registry.reload;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.loading.FolderState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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

  private final Reloading reloading;
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

  FolderWatch(Reloading reloading) {
    this.reloading = reloading;
    this.tried = reloading.serving().folders();
    this.seen = tried;
  }

  /** Begins to look, where {@code graft.plugins.watch} says so. */
  public static FolderWatch start(Reloading reloading) {
    FolderWatch watch = new FolderWatch(reloading);
    Duration interval = reloading.serving().configuration().watch();
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
      Snapshot serving = reloading.serving();
      FolderState now = FolderState.of(serving.configuration().watched());
      boolean settled = now.equals(seen);
      seen = now;
      if (settled && !now.equals(tried) && !now.equals(serving.folders())) {
        FolderState before = tried;
        tried = now;
        if (reloading.now(changed(serving.folders().differences(now))) instanceof Reload.Busy) {
          tried = before; // what is being loaded may be older than this
        }
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.error("A look at the plugin folders has failed: {}", FailureText.of(e), e);
    }
  }

  private static String changed(List<Path> changes) {
    return changes.stream().limit(SHOWN).map(Path::toString).collect(Collectors.joining(", "))
        + (changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "")
        + (changes.size() == 1 ? " has changed" : " have changed");
  }

  /** Looks no more. A snapshot that is being loaded at the moment may still be swapped in. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
