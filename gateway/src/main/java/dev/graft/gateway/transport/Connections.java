package dev.graft.gateway.transport;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Connection;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.util.concurrent.ScheduledFuture;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The connections of clients that speak HTTP/2. When the gateway ends, each is told to go elsewhere
 * once no call has been under way over it for a moment: what belongs to a call that goes on, such
 * as an interrupt or the next part of its result, still comes here, and the client's next operation
 * goes to another gateway. gRPC's own farewell is told to all connections at once. Safe for use by
 * several threads.
 */
final class Connections {
  /** A client that has read a part of a result asks for the next one at once. */
  private static final long QUIET_MILLIS = 500;

  /** A client closes its side of a connection when it has read the farewell. */
  private static final long TO_CLOSE_MILLIS = 2_000;

  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean leaving;

  /** A connection speaks HTTP/2; called on its event loop. */
  void add(Channel connection) {
    open.add(connection);
    ChannelFuture unused = connection.closeFuture().addListener(closed -> open.remove(connection));
    if (leaving) {
      letGo(connection, false);
    }
  }

  /** How many there are. */
  int count() {
    return open.size();
  }

  /** Whether no further connections are taken. */
  boolean leaving() {
    return leaving;
  }

  /** Has each client go elsewhere when it has nothing under way here. */
  void letGo() {
    leaving = true;
    for (Channel connection : open) {
      connection.eventLoop().execute(() -> letGo(connection, false));
    }
  }

  /** Looks again until the connection has been quiet twice; called on its event loop. */
  private static void letGo(Channel connection, boolean wasQuiet) {
    Http2ConnectionHandler handler = connection.pipeline().get(Http2ConnectionHandler.class);
    if (handler == null || !connection.isActive()) {
      return;
    }
    boolean quiet = handler.connection().numActiveStreams() == 0;
    if (quiet && wasQuiet) {
      sayFarewell(connection, handler);
    } else {
      ScheduledFuture<?> unused =
          connection
              .eventLoop()
              .schedule(() -> letGo(connection, quiet), QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Calls that cross the farewell are begun anew by the client: it names the last that counts. */
  private static void sayFarewell(Channel connection, Http2ConnectionHandler handler) {
    ChannelHandlerContext context = connection.pipeline().context(handler);
    Http2Connection.Endpoint<?> client = handler.connection().remote();
    ChannelFuture unused =
        handler.goAway(
            context,
            client.lastStreamCreated(),
            Http2Error.NO_ERROR.code(),
            Unpooled.EMPTY_BUFFER,
            context.newPromise());
    context.flush();
    ScheduledFuture<?> unusedToo =
        connection
            .eventLoop()
            .schedule(() -> close(connection), TO_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void close(Channel connection) {
    ChannelFuture unused = connection.close();
  }
}
