package dev.graft.gateway.memory;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * A call that may be refused in the middle of a message, whatever its handler does at that moment
 * and on whichever thread. To the handler that is as if the client had cancelled it.
 */
final class CountedCall<Q, S> extends SimpleForwardingServerCall<Q, S> {
  private boolean closed; // guarded by this
  private volatile boolean refused;

  CountedCall(ServerCall<Q, S> call) {
    super(call);
  }

  synchronized void refuse(Status status) {
    if (!closed) {
      refused = true;
      close(status, new Metadata());
    }
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!refused) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(S message) {
    if (!refused) {
      super.sendMessage(message);
    }
  }

  @Override
  public boolean isReady() {
    return !refused && super.isReady();
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!closed) {
      closed = true;
      super.close(status, trailers);
    }
  }

  /** The listener for gRPC: passes events on to the handler until the call is refused. */
  ServerCall.Listener<Q> heardBy(ServerCall.Listener<Q> handler, CallMemory memory) {
    return new SimpleForwardingServerCallListener<>(handler) {
      @Override
      public void onMessage(Q message) {
        if (!refused) {
          super.onMessage(message);
          memory.requestRead();
        }
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }

      @Override
      public void onReady() {
        if (!refused) {
          super.onReady();
        }
      }

      @Override
      public void onComplete() {
        if (refused) {
          super.onCancel();
        } else {
          super.onComplete();
        }
      }
    };
  }
}
