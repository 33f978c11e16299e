package dev.graft.gateway.threads;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Time as lowering threads have it. Safe for use by several threads. */
interface LoweringClock extends AutoCloseable {
  /** Nanoseconds from some moment, as {@link System#nanoTime()}. */
  long nanoTime();

  /** Does something later, unless it is cancelled before. */
  Future<?> after(long nanos, Runnable task);

  /** Nothing more is done. */
  @Override
  void close();

  /** The system's. */
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
