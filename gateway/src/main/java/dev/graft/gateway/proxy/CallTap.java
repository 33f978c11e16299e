package dev.graft.gateway.proxy;

import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Looks at the messages of one call that passes, and may keep some back. The methods for the two
 * directions may be called at the same time. They may wait where they are not called on an event
 * loop; the call waits with them.
 */
public interface CallTap {
  /** Looks at nothing. */
  CallTap NONE = new CallTap() {};

  /** What begins a call's tap. */
  @FunctionalInterface
  interface Factory {
    /** The tap of a call that begins; called in the call's context. */
    CallTap begin();
  }

  /** Who calls it; empty for the event loops, which must not wait. */
  default Optional<Executor> executor() {
    return Optional.empty();
  }

  /**
   * The client has sent a message.
   *
   * @return what goes to the backend instead
   */
  default List<byte[]> request(byte[] message) {
    return List.of(message);
  }

  /**
   * The backend has sent a message.
   *
   * @return what goes to the client instead
   */
  default byte[] response(byte[] message) {
    return message;
  }

  /**
   * The backend has ended the call, or the client has cancelled it. Nothing follows.
   *
   * @throws io.grpc.StatusRuntimeException with which the client's call ends instead
   */
  default void ended(Status status) {}
}
