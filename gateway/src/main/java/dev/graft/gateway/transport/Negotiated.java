package dev.graft.gateway.transport;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.net.SocketAddress;

/**
 * Is told of a client's connection when it speaks HTTP/2, before any frame has been read from it.
 * Safe for use by several threads.
 */
final class Negotiated extends ServerTransportFilter {
  private final Newcomers newcomers;

  Negotiated(Newcomers newcomers) {
    this.newcomers = newcomers;
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    SocketAddress client = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (client != null) {
      newcomers.connection(client).ifPresent(Frames::ofClient);
    }
    return attributes;
  }
}
