package dev.graft.gateway.access;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the calls that watch the server's health: they need no token, and each stays until its
 * client ends it. Safe for use by several threads.
 */
public final class HealthWatches implements ServerInterceptor {
  private static final String WATCH = HealthGrpc.getWatchMethod().getFullMethodName();

  /** One is enough for a client's channel; tools open a few. */
  static final int OF_A_CONNECTION = 4;

  static final int IN_SUM = 1_000;

  private final Map<SocketAddress, Integer> watches = new HashMap<>();
  private int sum;

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    SocketAddress client = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (client == null || !call.getMethodDescriptor().getFullMethodName().equals(WATCH)) {
      return next.startCall(call, headers);
    }
    if (!begin(client)) {
      call.close(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "The gateway has %d watches of its health from one connection at most, and %d in sum. Ask with Check."
                  .formatted(OF_A_CONNECTION, IN_SUM)),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    AtomicBoolean ended = new AtomicBoolean();
    Runnable end =
        () -> {
          if (ended.compareAndSet(false, true)) {
            end(client);
          }
        };
    try {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        public void onComplete() {
          end.run();
          super.onComplete();
        }

        @Override
        public void onCancel() {
          end.run();
          super.onCancel();
        }
      };
    } catch (RuntimeException e) {
      end.run();
      throw e;
    }
  }

  private synchronized boolean begin(SocketAddress client) {
    int own = watches.getOrDefault(client, 0);
    if (own >= OF_A_CONNECTION || sum >= IN_SUM) {
      return false;
    }
    watches.put(client, own + 1);
    sum++;
    return true;
  }

  private synchronized void end(SocketAddress client) {
    sum--;
    watches.computeIfPresent(client, (key, own) -> own == 1 ? null : own - 1);
  }
}
