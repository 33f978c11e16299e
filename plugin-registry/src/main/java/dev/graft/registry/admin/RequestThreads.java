package dev.graft.registry.admin;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A few threads for requests, of which none may take long: a thread that is interrupted while it
 * reads from a client, or writes to it, closes the connection. Where more requests wait than may,
 * the next is closed at once. Safe for use by several threads.
 */
final class RequestThreads implements Executor, AutoCloseable {
  private static final int THREADS = 4;
  private static final int WAITING = 32;
  private static final ThreadLocal<Deadline> DEADLINE = new ThreadLocal<>();

  private final Duration limit;
  private final Runnable tooMany;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor clock;

  /**
   * Starts none yet.
   *
   * @param limit how long reading a request, and writing the answer, may take each
   * @param tooMany is told of each request that is closed because others wait
   */
  RequestThreads(Duration limit, Runnable tooMany) {
    this.limit = limit;
    this.tooMany = tooMany;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            daemons("graft-admin"));
    threads.allowCoreThreadTimeOut(true);
    this.clock = new ScheduledThreadPoolExecutor(1, daemons("graft-admin-clock"));
    clock.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(null, task, name, 0, false);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Runs a request, or closes its connection. */
  @Override
  public void execute(Runnable request) {
    try {
      threads.execute(() -> run(request));
    } catch (RejectedExecutionException e) {
      if (!threads.isShutdown()) {
        tooMany.run();
      }
      // On this thread, but it does not wait: the first byte it wants to read closes the
      // connection.
      Thread.currentThread().interrupt();
      try {
        request.run();
      } finally {
        boolean unused = Thread.interrupted();
      }
    }
  }

  private void run(Runnable request) {
    DEADLINE.set(new Deadline());
    try {
      request.run();
    } finally {
      end();
    }
  }

  private void end() {
    Deadline deadline = DEADLINE.get();
    if (deadline != null) {
      deadline.end();
      DEADLINE.remove();
    }
  }

  /**
   * Does what may take long, in the middle of a request. What comes after it has the limit anew.
   */
  <T> T unhurried(Supplier<T> work) {
    end();
    try {
      return work.get();
    } finally {
      DEADLINE.set(new Deadline());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    threads.shutdownNow();
  }

  /** Interrupts the thread it was made on, unless that comes to an end before. */
  private final class Deadline {
    private final Thread thread = Thread.currentThread();
    private final ScheduledFuture<?> over =
        clock.schedule(this::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
    private boolean ended;

    private synchronized void interrupt() {
      if (!ended) {
        thread.interrupt();
      }
    }

    /** Leaves no interrupt behind that was meant for the request. */
    synchronized void end() {
      ended = true;
      over.cancel(false);
      boolean unused = Thread.interrupted();
    }
  }
}
