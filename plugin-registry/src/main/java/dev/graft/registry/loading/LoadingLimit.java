package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.invoke.PluginIdentity;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plugin's own code while the plugin is loaded, and bounds its time: a constructor that
 * waits for a server which is not there must not keep this one from starting. Safe for use by
 * several threads.
 */
final class LoadingLimit {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  /** After this time the log says which plugin the start waits for. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Duration limit;
  private final String key;

  /**
   * Makes a limit, which holds for each plugin by itself.
   *
   * @param key the configuration key that sets it
   */
  LoadingLimit(Duration limit, String key) {
    this.limit = limit;
    this.key = key;
  }

  /**
   * Runs a step on a thread of its own, which is interrupted and left behind when its time is over.
   * It inherits the current thread's inheritable thread-locals.
   *
   * @throws GraftException GRAFT_PLUGIN_TIMEOUT, or what the step throws
   * @throws HostFailure if the current thread is interrupted meanwhile
   */
  <T> T run(PluginIdentity plugin, Supplier<T> step) {
    FutureTask<T> task = new FutureTask<>(step::get);
    Thread thread = new Thread(task, "graft-loading-" + plugin.origin().id());
    thread.setDaemon(true);
    thread.start();
    try {
      return await(task, thread, plugin);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // a supplier throws no other
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new HostFailure(e);
    }
  }

  private <T> T await(FutureTask<T> task, Thread thread, PluginIdentity plugin)
      throws ExecutionException, InterruptedException {
    Duration first = PATIENCE.compareTo(limit) < 0 ? PATIENCE : limit;
    try {
      return task.get(first.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (first.equals(limit)) {
        throw tooLong(task, thread, plugin);
      }
      LOG.warn(
          "{} is still being loaded after {} s; it is {}",
          plugin.describeWithLocation(),
          first.toSeconds(),
          whereabouts(thread));
    }
    try {
      return task.get(limit.minus(first).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw tooLong(task, thread, plugin);
    }
  }

  private GraftException tooLong(FutureTask<?> task, Thread thread, PluginIdentity plugin) {
    String where = whereabouts(thread);
    task.cancel(true);
    return new GraftException(
        ErrorCode.GRAFT_PLUGIN_TIMEOUT,
        plugin.place()
            + " was not ready within the "
            + limit.toSeconds()
            + " s that "
            + key
            + " allows; it was "
            + where
            + ". A plugin's constructor should not wait for anything; allow more time if it must.");
  }

  private static String whereabouts(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length == 0 ? "about to end" : "in " + stack[0];
  }
}
