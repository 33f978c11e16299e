package dev.graft.gateway.threads;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The threads of calls whose requests are compressed as {@code grpc-encoding} says. Inflating takes
 * as long as its client likes, a third of a second for 120 MB: on an event loop all others of the
 * loop would wait. All other calls stay on their event loops. Safe for use by several threads.
 */
public final class InflatingThreads implements ServerCallExecutorSupplier, AutoCloseable {
  private static final Metadata.Key<String> ENCODING =
      Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

  private static final String NOT_COMPRESSED = "identity";

  /** Half of the processors, at least one: the others are left to clients that don't compress. */
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** The queue is bounded by the memory budget, and by one message for each call. */
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "graft-inflating");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public <Q, S> @Nullable Executor getExecutor(ServerCall<Q, S> call, Metadata headers) {
    String encoding = headers.get(ENCODING);
    return encoding == null || encoding.equals(NOT_COMPRESSED) ? null : threads;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
