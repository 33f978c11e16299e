package dev.graft.gateway.proxy;

import io.grpc.Status;

/**
 * Looks at the messages of one call that passes, and changes none. Each method is called by one
 * thread at a time, mostly the event loop's, and must be quick.
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

  /** The client has sent a message. */
  default void request(byte[] message) {}

  /** The backend has sent a message. */
  default void response(byte[] message) {}

  /** The backend has ended the call, or the client has cancelled it. Nothing follows. */
  default void ended(Status status) {}
}
