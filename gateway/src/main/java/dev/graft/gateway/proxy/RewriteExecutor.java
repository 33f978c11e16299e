package dev.graft.gateway.proxy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Where requests are rewritten: outside the event loop, and within a time limit. */
public interface RewriteExecutor {
  /** The answer to a request for which there is no room. */
  Status TOO_MANY =
      Status.UNAVAILABLE.withDescription(
          "The gateway has more plans with extensions to lower than it can hold, of all its clients"
              + " or of this one. Try again later.");

  /**
   * Has a request rewritten.
   *
   * @param rewriting does it; is interrupted when it takes too long
   * @param refuse gets the client's answer when {@code rewriting} takes too long, waits too long
   *     for its turn, or gives way to another; at most once, from any thread
   * @param sharers the names that the request counts for; the threads' work is shared out among
   *     names
   * @return to be cancelled when nobody waits for the result any more
   * @throws RejectedExecutionException if too many requests wait already, of all or of one sharer
   */
  Rewriting execute(
      Runnable rewriting, Consumer<StatusRuntimeException> refuse, Set<String> sharers);

  /** A request that is being rewritten, or waits for it. */
  @FunctionalInterface
  interface Rewriting {
    /** Nobody waits for it any more. */
    void cancel();
  }
}
