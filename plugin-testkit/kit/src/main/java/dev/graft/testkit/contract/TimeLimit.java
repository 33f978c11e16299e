package dev.graft.testkit.contract;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls plugins on a thread of their own, so that one which does not return is found out. */
public final class TimeLimit {
  /** In memory a plugin answers within a millisecond; this is for a machine that is very busy. */
  private static final Duration MOST = Duration.ofSeconds(20);

  private TimeLimit() {}

  static <T> T call(Supplier<T> work) {
    return call(MOST, work);
  }

  /**
   * Does something on a thread of its own.
   *
   * @throws AssertionError if it has not returned in time
   */
  public static <T> T call(Duration most, Supplier<T> work) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "plugin");
              made.setDaemon(true);
              return made;
            });
    try {
      Future<T> result = thread.submit(work::get);
      return result.get(most.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "The plugin has not answered after " + most.toSeconds() + " seconds.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while the plugin answered.", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    } finally {
      thread.shutdownNow();
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }
}
