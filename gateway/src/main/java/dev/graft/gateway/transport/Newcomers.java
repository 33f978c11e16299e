package dev.graft.gateway.transport;

import dev.graft.registry.pace.Pace;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import io.grpc.netty.shaded.io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections over which no call has been let in yet. Anybody can open one, with a token or
 * without. They are closed after a while, or earlier to make room for others, so that clients who
 * may not call cannot lock out those who may. Safe for use by several threads.
 */
final class Newcomers {
  private static final Logger LOG = LoggerFactory.getLogger(Newcomers.class);

  private final Duration patience;
  private final long bytes;
  private final int calls;
  private final Pace warnings = new Pace(Duration.ofMinutes(1));

  /** By the client's address and port, the oldest first. */
  private final Map<SocketAddress, Newcomer> waiting = new LinkedHashMap<>();

  /** A connection, and how many calls have begun over it. */
  private static final class Newcomer {
    private final Channel connection;
    private int calls;

    Newcomer(Channel connection) {
      this.connection = connection;
    }
  }

  /**
   * None yet.
   *
   * @param patience how long a connection may be a newcomer
   * @param bytes how many it may send meanwhile
   * @param calls how many calls may begin over it meanwhile
   */
  Newcomers(Duration patience, long bytes, int calls) {
    this.patience = patience;
    this.bytes = bytes;
    this.calls = calls;
  }

  /** A connection has been accepted by a listening socket. */
  void add(Channel accepted, Channel listening) {
    SocketAddress client = accepted.remoteAddress();
    if (client == null) {
      return; // it has ended already
    }
    Newcomer newcomer = new Newcomer(accepted);
    synchronized (this) {
      waiting.put(client, newcomer);
    }
    accepted.pipeline().addFirst(new FirstBytes(bytes));
    ScheduledFuture<?> end =
        listening
            .eventLoop()
            .schedule(() -> end(client, newcomer), patience.toMillis(), TimeUnit.MILLISECONDS);
    ChannelFuture unused =
        accepted
            .closeFuture()
            .addListener(
                (Future<Void> closed) -> {
                  end.cancel(false);
                  remove(client, newcomer);
                });
  }

  /** A client's connection; empty once a call of it was let in, and when it has been closed. */
  synchronized Optional<Channel> connection(SocketAddress client) {
    return Optional.ofNullable(waiting.get(client)).map(newcomer -> newcomer.connection);
  }

  /** A call of a client was let in. */
  void letIn(SocketAddress client) {
    Newcomer newcomer;
    synchronized (this) {
      newcomer = waiting.remove(client);
    }
    if (newcomer != null && newcomer.connection.pipeline().get(FirstBytes.class) != null) {
      newcomer.connection.pipeline().remove(FirstBytes.class);
    }
  }

  /** A call of a client has begun, which may or may not be let in. */
  void called(SocketAddress client) {
    Newcomer newcomer;
    synchronized (this) {
      newcomer = waiting.get(client);
      if (newcomer == null || ++newcomer.calls <= calls) {
        return;
      }
    }
    end(client, newcomer);
  }

  private synchronized boolean remove(SocketAddress client, Newcomer newcomer) {
    return waiting.remove(client, newcomer);
  }

  private void end(SocketAddress client, Newcomer newcomer) {
    if (remove(client, newcomer)) {
      close(newcomer.connection);
    }
  }

  /**
   * Closes the oldest newcomer of the address that has most of them.
   *
   * @return false if there are none
   */
  boolean makeRoom() {
    Newcomer oldest = takeOldest();
    if (oldest == null) {
      return false;
    }
    close(oldest.connection);
    if (warnings.turn()) {
      LOG.warn(
          "Connections without a call are closed, to make room for others: there are as many connections as graft.gateway.max-connections allows");
    }
    return true;
  }

  private synchronized @Nullable Newcomer takeOldest() {
    Map<InetAddress, Integer> counts = new HashMap<>();
    InetAddress most = null;
    for (SocketAddress client : waiting.keySet()) {
      InetAddress address = address(client);
      int count = counts.merge(address, 1, Integer::sum);
      if (most == null || count > counts.getOrDefault(most, 0)) {
        most = address;
      }
    }
    for (SocketAddress client : waiting.keySet()) {
      if (address(client).equals(most)) {
        return waiting.remove(client);
      }
    }
    return null;
  }

  private static InetAddress address(SocketAddress client) {
    return ((InetSocketAddress) client).getAddress();
  }

  /** Closes a connection, whatever is open on it; gRPC notices as with any connection that ends. */
  private static void close(Channel connection) {
    connection.pipeline().addLast(new Closing());
  }

  /**
   * Closes a connection on its event loop, as soon as it has one. Closed earlier, it would never
   * report its end, and would count as open for ever.
   */
  private static final class Closing extends ChannelHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      Channel connection = context.channel();
      connection.unsafe().close(connection.unsafe().voidPromise());
    }
  }
}
