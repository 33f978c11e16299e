package dev.graft.gateway.threads;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The threads of calls whose requests are compressed as {@code grpc-encoding} says. Inflating takes
 * as long as its client likes, a third of a second for 120 MB: on an event loop all others of the
 * loop would wait. All other calls stay on their event loops, but those that wait for a disk.
 *
 * <p>Such a call begins on its event loop as well, where its token is checked: until it is let in,
 * what its connection sends counts as a flood. Safe for use by several threads.
 */
public final class InflatingThreads implements ServerCallExecutorSupplier, AutoCloseable {
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

  private static final String NOT_COMPRESSED = "identity";

  /** Half of the processors, at least one: the others are left to clients that don't compress. */
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final Map<String, Executor> others;

  /** The queue is bounded by the memory budget, and by one message for each call. */
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "graft-inflating");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Threads that have not been started.
   *
   * @param others the full names of methods whose calls have threads of their own, compressed or
   *     not
   */
  public InflatingThreads(Map<String, Executor> others) {
    this.others = Map.copyOf(others);
  }

  @Override
  public <Q, S> @Nullable Executor getExecutor(ServerCall<Q, S> call, Metadata headers) {
    Executor own = others.get(call.getMethodDescriptor().getFullMethodName());
    if (own != null) {
      return new AfterTheFirst(own);
    }
    String encoding = headers.get(ENCODING);
    return encoding == null || encoding.equals(NOT_COMPRESSED) ? null : new AfterTheFirst(threads);
  }

  /** Runs the first task, with which a call begins, at once, and the others on the threads. */
  private static final class AfterTheFirst implements Executor {
    private final Executor threads;
    private final AtomicBoolean begun = new AtomicBoolean();

    AfterTheFirst(Executor threads) {
      this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
      if (begun.compareAndSet(false, true)) {
        task.run();
      } else {
        threads.execute(task);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
