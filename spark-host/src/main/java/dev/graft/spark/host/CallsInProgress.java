package dev.graft.spark.host;

import dev.graft.spi.HostContext.Phase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The call that the current thread serves, for the line whose planners don't know it. Spark 3.4
 * carries out a call on the thread that gRPC gives it, so an interceptor can leave it here; later
 * lines don't need it, and find nothing.
 */
final class CallsInProgress {
  /**
   * One call.
   *
   * @param userId the user as the client named it
   * @param sessionId the client's session
   * @param phase what the called method does with plans
   * @param responses where its responses go
   */
  record Call(String userId, String sessionId, Phase phase, Object responses) {}

  private static final ThreadLocal<@Nullable Call> CURRENT = new ThreadLocal<>();

  /** Runs something as part of a call. */
  void during(Call call, Runnable work) {
    Call outer = CURRENT.get();
    CURRENT.set(call);
    try {
      work.run();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  String userId() {
    Call call = CURRENT.get();
    return call == null ? "" : call.userId();
  }

  String sessionId() {
    Call call = CURRENT.get();
    return call == null ? "" : call.sessionId();
  }

  Phase phase() {
    Call call = CURRENT.get();
    return call == null ? Phase.UNKNOWN : call.phase();
  }

  Optional<Object> responses() {
    return Optional.ofNullable(CURRENT.get())
        .filter(call -> call.phase() == Phase.EXECUTION)
        .map(Call::responses);
  }
}
