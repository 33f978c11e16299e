package dev.graft.gateway.transport;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.net.SocketAddress;

/**
 * Counts each call of a newcomer as it begins, before anything can refuse it. It is a tracer
 * because no interceptor is sure to be asked before all others. Safe for use by several threads.
 */
final class CallsOfNewcomers extends ServerStreamTracer.Factory {
  private final Newcomers newcomers;

  CallsOfNewcomers(Newcomers newcomers) {
    this.newcomers = newcomers;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    return new ServerStreamTracer() {
      @Override
      public void serverCallStarted(ServerCallInfo<?, ?> call) {
        SocketAddress client = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (client != null) {
          newcomers.called(client);
        }
      }
    };
  }
}
