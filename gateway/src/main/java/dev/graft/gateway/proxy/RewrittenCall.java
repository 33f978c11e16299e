package dev.graft.gateway.proxy;

import dev.graft.gateway.memory.CallMemory;
import dev.graft.gateway.memory.Share;
import dev.graft.gateway.proxy.Rewriter.Rewritten;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call whose request may have to be rewritten before it goes to the backend. The request waits
 * outside the event loop; once it is released, or if it needs nothing, the call is a {@link
 * ForwardedCall}.
 */
final class RewrittenCall extends ServerCall.Listener<byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(RewrittenCall.class);

  private enum State {
    WAITING,
    REWRITING,
    FORWARDING,
    OVER
  }

  private final Backend backend;
  private final MethodDescriptor<byte[], byte[]> method;
  private final ServerCall<byte[], byte[]> client;
  private final Metadata headers;
  private final CallMemory memory;
  private final Rewriter rewriter;
  private final RewriteExecutor executor;
  private final CallsUnderWay calls;
  private final ForwardedCall forwarded;

  // Guarded by this: set on the event loop and by the executor.
  private State state = State.WAITING;
  private boolean halfClosed;
  private RewriteExecutor.@Nullable Rewriting rewriting;

  /**
   * A call that waits for its request.
   *
   * @param headers what goes to the backend
   * @param memory the memory of the call
   * @param executor where rewriting happens
   */
  RewrittenCall(
      Backend backend,
      MethodDescriptor<byte[], byte[]> method,
      ServerCall<byte[], byte[]> client,
      Metadata headers,
      CallMemory memory,
      Rewriter rewriter,
      RewriteExecutor executor,
      CallsUnderWay calls) {
    this.backend = backend;
    this.method = method;
    this.client = client;
    this.headers = headers;
    this.memory = memory;
    this.rewriter = rewriter;
    this.executor = executor;
    this.calls = calls;
    this.forwarded = new ForwardedCall(backend, method, client, memory, calls, CallTap.NONE);
  }

  @Override
  public void onMessage(byte[] request) {
    if (state() == State.FORWARDING) {
      forwarded.onMessage(request); // a second request, which the backend refuses as it likes
    } else if (state() == State.WAITING) {
      if (rewriter.concerns(request)) {
        rewriteLater(request);
      } else {
        release(new Rewritten(request, rewriter.responses(request)));
      }
    }
  }

  private synchronized State state() {
    return state;
  }

  private void rewriteLater(byte[] request) {
    synchronized (this) {
      state = State.REWRITING;
    }
    try {
      RewriteExecutor.Rewriting begun =
          executor.execute(
              Context.current().wrap(() -> rewrite(request)),
              refusal -> refuse(rewriter.refusal(request, refusal)),
              sharers(request));
      synchronized (this) {
        if (state == State.REWRITING) {
          rewriting = begun;
        }
      }
    } catch (RejectedExecutionException e) {
      refuse(RewriteExecutor.TOO_MANY, new Metadata());
    }
  }

  private Set<String> sharers(byte[] request) {
    Set<String> sharers = new HashSet<>(rewriter.sharers(request));
    sharers.add("connection " + client.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    return sharers;
  }

  private void rewrite(byte[] request) {
    // The call may end while its request is still being read here.
    try (Share held = memory.requests().hold()) {
      Rewritten rewritten = rewriter.rewrite(request, headers, held);
      held.shrinkTo(rewritten.bytes());
      CallObserver observer = CallObserver.KEY.get();
      if (observer != null && rewritten.request() != request) {
        observer.rewritten();
      }
      runBefore(rewritten.before().iterator(), rewritten);
    } catch (StatusRuntimeException e) {
      refuse(rewriter.refusal(request, e));
    } catch (Throwable e) { // a client that is never answered would wait for ever
      LOG.error("A request to {} cannot be rewritten", method.getFullMethodName(), e);
      refuse(
          Status.INTERNAL.withDescription("The gateway failed: " + e.getClass().getSimpleName()),
          new Metadata());
    }
  }

  private void runBefore(Iterator<byte[]> before, Rewritten rewritten) {
    if (!before.hasNext()) {
      release(rewritten);
      return;
    }
    ClientCall<byte[], byte[]> call = backend.newCall(method);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] response) {
            memory.responses().shrinkTo(0);
            call.request(1);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            if (status.isOk()) {
              runBefore(before, rewritten);
            } else {
              refuse(backend.described(status), trailers);
            }
          }
        },
        Backend.copy(headers));
    call.request(1);
    call.sendMessage(before.next());
    call.halfClose();
  }

  private synchronized void release(Rewritten rewritten) {
    if (state == State.OVER) {
      return;
    }
    state = State.FORWARDING;
    rewriting = null; // it holds the request, and the call may go on for long
    forwarded.start(headers, rewritten.responses(), rewritten.held());
    forwarded.onMessage(rewritten.request());
    if (halfClosed) {
      forwarded.onHalfClose();
    }
  }

  private void refuse(StatusRuntimeException refusal) {
    refuse(backend.described(refusal.getStatus()), refusal.getTrailers());
  }

  private synchronized void refuse(Status status, @Nullable Metadata trailers) {
    if (state == State.OVER) {
      return;
    }
    state = State.OVER;
    rewriting = null;
    client.close(status, trailers == null ? new Metadata() : trailers);
  }

  @Override
  public synchronized void onHalfClose() {
    switch (state) {
      case WAITING -> {
        // No request at all, which the backend refuses as it likes.
        state = State.FORWARDING;
        forwarded.start(headers, UnaryOperator.identity(), 0);
        forwarded.onHalfClose();
      }
      case REWRITING -> halfClosed = true;
      case FORWARDING -> forwarded.onHalfClose();
      case OVER -> {}
    }
  }

  @Override
  public void onCancel() {
    RewriteExecutor.Rewriting unfinished = null;
    synchronized (this) {
      if (state == State.FORWARDING) {
        forwarded.onCancel();
      } else {
        calls.end();
        unfinished = rewriting;
      }
      rewriting = null;
      state = State.OVER;
    }
    if (unfinished != null) {
      unfinished.cancel();
    }
  }

  @Override
  public void onComplete() {
    calls.end();
  }

  @Override
  public void onReady() {
    forwarded.onReady();
  }
}
