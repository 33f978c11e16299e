package dev.graft.gateway.transport;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Is told of a client's connection when it speaks HTTP/2, before any frame has been read from it.
 * Safe for use by several threads.
 */
final class Negotiated extends ServerTransportFilter {
  private final Newcomers newcomers;
  private final Connections connections;

  Negotiated(Newcomers newcomers, Connections connections) {
    this.newcomers = newcomers;
    this.connections = connections;
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    SocketAddress client = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (client != null) {
      Optional<Channel> connection = newcomers.connection(client);
      connection.ifPresent(Frames::ofClient);
      connection.ifPresent(connections::add);
    }
    return attributes;
  }
}
