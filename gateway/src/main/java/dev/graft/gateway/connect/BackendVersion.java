package dev.graft.gateway.connect;

import dev.graft.gateway.proxy.Backend;
import dev.graft.registry.error.HostFailure;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The backend's Connect version, asked when the first plugin answers or wants to know it, and kept
 * from then on. Safe for use by several threads, none of them an event loop's.
 *
 * <p>An engine that is not Spark says which Spark it stands for.
 */
final class BackendVersion {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Backend backend;
  private volatile @Nullable String known;

  BackendVersion(Backend backend) {
    this.backend = backend;
  }

  /**
   * The version; empty where the backend gives none.
   *
   * @param request of whose session and user the question is, so that no other session comes to be
   * @param headers of that request, with which its client may authenticate itself
   * @throws HostFailure with the backend's status, if it does not answer; the next request asks
   *     again
   */
  String get(WireMessage request, Metadata headers) {
    String version = known;
    return version == null ? askOnce(request, headers) : version;
  }

  /**
   * One asks, the others wait for that answer. Where there is none each asks in turn, since another
   * client may be let in where the first was not.
   */
  private synchronized String askOnce(WireMessage request, Metadata headers) {
    String version = known;
    if (version == null) {
      version = ask(request, headers);
      known = version.isEmpty() ? null : version;
    }
    return version;
  }

  private String ask(WireMessage request, Metadata headers) {
    WireMessage question =
        WireMessage.EMPTY
            .with(Fields.SESSION_ID, request.text(Fields.SESSION_ID))
            .with(Fields.USER_CONTEXT, request.message(Fields.USER_CONTEXT).bytes())
            .with(Fields.ANALYZE_SPARK_VERSION, new byte[0]);
    try {
      byte[] answer =
          backend.call(ConnectMethods.ANALYZE_PLAN, question.bytes(), headers, PATIENCE);
      return new WireMessage(answer).message(Fields.ANALYZED_SPARK_VERSION).text(Fields.VERSION);
    } catch (StatusRuntimeException e) {
      throw new HostFailure(e);
    }
  }
}
