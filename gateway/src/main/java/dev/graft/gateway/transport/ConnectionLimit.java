package dev.graft.gateway.transport;

import dev.graft.registry.pace.Pace;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes accepted sockets above a limit before a byte is read from them: those that an address
 * opens too fast, and those that are too many, unless one of the newcomers makes room. It stands in
 * the pipeline of the listening socket, where each accepted one comes by; gRPC itself has limits
 * for each connection only. Safe for use by several threads.
 */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

  private final int most;
  private final AddressPace pace;
  private final Newcomers newcomers;
  private final Connections connections;
  private final AtomicInteger open = new AtomicInteger();

  /** Once a minute: whoever floods sockets would flood the log as well. */
  private final Pace warnings = new Pace(Duration.ofMinutes(1));

  private final Pace warningsOfPace = new Pace(Duration.ofMinutes(1));

  ConnectionLimit(int most, AddressPace pace, Newcomers newcomers, Connections connections) {
    this.connections = connections;
    this.most = most;
    this.pace = pace;
    this.newcomers = newcomers;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel accepted = (Channel) message;
    if (connections.leaving()) {
      accepted.unsafe().closeForcibly();
      return;
    }
    if (accepted.remoteAddress() instanceof InetSocketAddress client
        && !pace.allows(client.getAddress())) {
      accepted.unsafe().closeForcibly();
      if (warningsOfPace.turn()) {
        LOG.warn(
            "Connections are refused: {} opens more in a second than graft.gateway.connections-per-second allows",
            client.getAddress().getHostAddress());
      }
      return;
    }
    if (open.incrementAndGet() > most && !newcomers.makeRoom()) {
      open.decrementAndGet();
      accepted.unsafe().closeForcibly();
      warn();
      return;
    }
    ChannelFuture unused = accepted.closeFuture().addListener(closed -> open.decrementAndGet());
    // Before the event loop has it, which may let a call in at once.
    newcomers.add(accepted, context.channel());
    context.fireChannelRead(message);
  }

  private void warn() {
    if (warnings.turn()) {
      LOG.warn(
          "Connections are refused: there are {}, as many as graft.gateway.max-connections allows",
          most);
    }
  }
}
