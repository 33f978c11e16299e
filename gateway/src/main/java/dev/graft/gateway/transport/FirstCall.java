package dev.graft.gateway.transport;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthGrpc;
import java.net.SocketAddress;

/**
 * Marks a connection as used by a client who may call, at its first call that passes the
 * interceptors that refuse calls. A call for the server's health does not count: anybody may ask.
 * Safe for use by several threads.
 */
final class FirstCall implements ServerInterceptor {
  private final Newcomers newcomers;

  FirstCall(Newcomers newcomers) {
    this.newcomers = newcomers;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    SocketAddress client = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    String service = call.getMethodDescriptor().getServiceName();
    if (client != null && !HealthGrpc.SERVICE_NAME.equals(service)) {
      newcomers.letIn(client);
    }
    return next.startCall(call, headers);
  }
}
