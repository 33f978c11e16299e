package dev.graft.gateway.connect;

import dev.graft.gateway.proxy.Backend;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.wire.WireMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The backend's Connect version, asked when the first plugin answers or wants to know it, and kept
 * from then on. Safe for use by several threads, none of them an event loop's.
 *
 * <p>An engine that is not Spark says which Spark it stands for.
 */
public final class BackendVersion {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long a request waits for the answer to another request's question. */
  private static final Duration FOR_ANOTHER = Duration.ofSeconds(1);

  private final Backend backend;
  private final BackendWait wait;
  private final AtomicReference<@Nullable CompletableFuture<Void>> asking = new AtomicReference<>();
  private volatile @Nullable String known;

  /**
   * The version of a backend.
   *
   * @param wait is told while the backend is waited for
   */
  public BackendVersion(Backend backend, BackendWait wait) {
    this.backend = backend;
    this.wait = wait;
  }

  /** The version, if it has been asked already. */
  public Optional<String> known() {
    return Optional.ofNullable(known);
  }

  /**
   * The version; empty where the backend gives none.
   *
   * @param request the question is asked in its session, for its user, so that no new session is
   *     made
   * @param headers the request's, by which its client may authenticate itself to the backend
   * @throws HostFailure with the backend's status, if it does not answer; the next request asks
   *     again
   */
  String get(WireMessage request, Metadata headers) {
    String version = known;
    try {
      return version == null ? wait.during(() -> askOnce(request, headers)) : version;
    } catch (StatusRuntimeException e) {
      throw new HostFailure(e);
    }
  }

  /**
   * One request asks, and the others wait a short time for the answer. If none comes, each asks for
   * itself, since the backend may answer one client and not another.
   */
  private String askOnce(WireMessage request, Metadata headers) {
    CompletableFuture<Void> own = new CompletableFuture<>();
    CompletableFuture<Void> other = asking.compareAndExchange(null, own);
    if (other != null) {
      awaitBriefly(other);
    }
    try {
      String version = known;
      if (version == null) {
        version = ask(request, headers);
        known = version.isEmpty() ? null : version;
      }
      return version;
    } finally {
      asking.compareAndSet(own, null);
      own.complete(null);
    }
  }

  private static void awaitBriefly(CompletableFuture<Void> answer) {
    try {
      answer.get(FOR_ANOTHER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The caller then asks for itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED
          .withDescription("Nobody waits for this plan any more")
          .asRuntimeException();
    }
  }

  private String ask(WireMessage request, Metadata headers) {
    WireMessage question =
        WireMessage.EMPTY
            .with(FieldNumbers.SESSION_ID, request.text(FieldNumbers.SESSION_ID))
            .with(FieldNumbers.USER_CONTEXT, request.message(FieldNumbers.USER_CONTEXT).bytes())
            .with(FieldNumbers.ANALYZE_SPARK_VERSION, new byte[0]);
    byte[] answer = backend.call(ConnectMethods.ANALYZE_PLAN, question.bytes(), headers, PATIENCE);
    return new WireMessage(answer)
        .message(FieldNumbers.ANALYZED_SPARK_VERSION)
        .text(FieldNumbers.VERSION);
  }
}
