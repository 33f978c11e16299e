package dev.graft.gateway.threads;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The clock and timer of the lowering threads; tests have their own. Safe for use by several
 * threads.
 */
interface LoweringClock extends AutoCloseable {
  /** Nanoseconds from some moment, as {@link System#nanoTime()}. */
  long nanoTime();

  /** Does something later, unless it is cancelled before. */
  Future<?> after(long nanos, Runnable task);

  /** Drops all tasks that are still to be run. */
  @Override
  void close();

  /** The system's clock. */
  static LoweringClock ofSystem(ThreadFactory threads) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
    // Otherwise a request would be kept for as long as it might have taken.
    timer.setRemoveOnCancelPolicy(true);
    return new LoweringClock() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Future<?> after(long nanos, Runnable task) {
        return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
      }

      @Override
      public void close() {
        timer.shutdownNow();
      }
    };
  }
}
