package dev.graft.gateway.transport;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection that has sent more than the headers of a first call take, before a call over
 * it was let in. So much can only be a flood: of calls without a token, or of frames that need
 * none. It stands first in the pipeline of a newcomer, and is used by its event loop.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
  private final long most;
  private long bytes;

  /**
   * Counts from now on.
   *
   * @param most how many bytes there may be
   */
  FirstBytes(long most) {
    this.most = most;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    bytes += ((ByteBuf) message).readableBytes();
    if (bytes > most) {
      ReferenceCountUtil.release(message);
      ChannelFuture unused = context.close();
      return;
    }
    context.fireChannelRead(message);
  }
}
