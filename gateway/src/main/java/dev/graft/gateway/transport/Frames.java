package dev.graft.gateway.transport;

import dev.graft.gateway.memory.UnreadFrames;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;

/** Puts listeners between the frames of a connection and gRPC, which has no place for them. */
final class Frames {
  private Frames() {}

  /** A client's connection, whose protocol has just been negotiated. */
  static void ofClient(Channel connection) {
    Http2ConnectionHandler handler = connection.pipeline().get(Http2ConnectionHandler.class);
    Http2ConnectionDecoder decoder = handler.decoder();
    decoder.frameListener(
        new IdleFrames(new UnreadFrames(handler.connection(), decoder.frameListener())));
  }

  /** A connection to the backend, which has not been registered yet. */
  static <C extends Channel> C ofBackend(C connection) {
    connection.pipeline().addFirst(new OnFirstBytes());
    return connection;
  }

  /** Waits for what the backend sends first: then the connection speaks HTTP/2. */
  private static final class OnFirstBytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Http2ConnectionHandler handler = context.pipeline().get(Http2ConnectionHandler.class);
      if (handler != null) {
        Http2ConnectionDecoder decoder = handler.decoder();
        decoder.frameListener(new UnreadFrames(handler.connection(), decoder.frameListener()));
        context.pipeline().remove(this);
      }
      context.fireChannelRead(message);
    }
  }
}
