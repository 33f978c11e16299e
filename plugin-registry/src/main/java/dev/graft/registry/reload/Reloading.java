package dev.graft.registry.reload;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.loading.FolderState;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a server's plugins again, for whoever wants it: once at a time. Safe for use by several
 * threads.
 */
public final class Reloading {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  private final Registry registry;
  private final Consumer<Snapshot> taken;
  private final ReentrantLock once = new ReentrantLock();

  /**
   * Loads nothing yet.
   *
   * @param taken is told of each snapshot that requests begin with from then on
   */
  public Reloading(Registry registry, Consumer<Snapshot> taken) {
    this.registry = registry;
    this.taken = taken;
  }

  /** What serves. */
  public Snapshot serving() {
    return registry.current();
  }

  /**
   * Loads what lies in the plugin folders now, with the configuration that the server was started
   * with. The log has what becomes of it.
   *
   * @param occasion why, as the beginning of a sentence for the log
   */
  public Reload now(String occasion) {
    if (!once.tryLock()) {
      return new Reload.Busy(registry.current());
    }
    try {
      return load(occasion);
    } finally {
      once.unlock();
    }
  }

  private Reload load(String occasion) {
    long start = System.nanoTime();
    Snapshot before = registry.current();
    Snapshot next;
    try {
      next = registry.reload();
    } catch (GraftException e) {
      LOG.error("{}, but what was loaded before goes on serving. {}", occasion, e.getMessage());
      FolderState now = FolderState.of(before.configuration().watched());
      return new Reload.Kept(before, e.code(), e.text(), before.folders().differences(now));
    }
    LOG.info("{}, and the plugins have been loaded again", occasion);
    Reload.Swapped swapped =
        new Reload.Swapped(
            next, Changes.between(before, next), Duration.ofNanos(System.nanoTime() - start));
    try {
      taken.accept(next);
    } catch (RuntimeException e) {
      LOG.error("The plugins serve, but that could not be told: {}", FailureText.of(e), e);
    }
    return swapped;
  }
}
