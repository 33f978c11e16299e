package dev.graft.gateway.transport;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.net.SocketAddress;

/**
 * Tells of each call that begins, before anything refuses it: there is no interceptor that is
 * surely asked before all others, but a tracer is. Safe for use by several threads.
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
