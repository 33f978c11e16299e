package dev.graft.gateway.proxy;

import dev.graft.gateway.memory.Share;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes the requests of a method that has one request message and any number of responses. Safe
 * for use by several threads.
 */
public interface Rewriter {
  /**
   * Whether a request must be looked at; false lets it pass as it is. Called on the event loop: it
   * must be quick and must not block.
   */
  boolean concerns(byte[] request);

  /**
   * What goes to the backend for a request. Called outside the event loop; it may block.
   *
   * @param headers what goes to the backend with the request; to be copied, not kept
   * @param memory has taken the request's own bytes; the rewriter takes what it makes of them, and
   *     gives nothing back
   * @throws StatusRuntimeException the client's answer, if nothing goes to the backend
   */
  Rewritten rewrite(byte[] request, Metadata headers, Share memory);

  /**
   * The names that a request counts for, beside its connection: each may use only a share of what
   * there is for rewriting. Called on the event loop, in the context of the call.
   */
  default Set<String> sharers(byte[] request) {
    return Set.of();
  }

  /**
   * What becomes of the responses to a request that passes as it is. Called on the event loop, in
   * the context of the call; the result is used as {@link Rewritten#responses} is.
   */
  default UnaryOperator<byte[]> responses(byte[] request) {
    return UnaryOperator.identity();
  }

  /**
   * A refusal of a request as its client understands it. Called on any thread; it must not block.
   */
  default StatusRuntimeException refusal(byte[] request, StatusRuntimeException refusal) {
    return refusal;
  }

  /**
   * What goes to the backend.
   *
   * @param before requests of the same method to be run to their end first, in this order; their
   *     responses are dropped, and the first that fails ends the client's call with its status
   * @param request takes the place of the client's request
   * @param responses changes each response to it, one after the other; it may throw a {@link
   *     StatusRuntimeException}, with which the client's call ends
   * @param held how many bytes {@code responses} holds
   */
  record Rewritten(
      List<byte[]> before, byte[] request, UnaryOperator<byte[]> responses, long held) {
    public Rewritten {
      before = List.copyOf(before);
      Objects.requireNonNull(request, "request");
      Objects.requireNonNull(responses, "responses");
    }

    /** A request with nothing before it. */
    public Rewritten(byte[] request, UnaryOperator<byte[]> responses) {
      this(List.of(), request, responses, 0);
    }

    /** A request whose responses pass as they are. */
    public static Rewritten request(byte[] request) {
      return new Rewritten(request, UnaryOperator.identity());
    }

    /** How many bytes it holds. */
    long bytes() {
      return held + request.length + before.stream().mapToLong(one -> one.length).sum();
    }
  }
}
