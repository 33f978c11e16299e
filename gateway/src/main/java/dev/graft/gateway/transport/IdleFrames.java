package dev.graft.gateway.transport;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Flags;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListener;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;

/**
 * Ends a connection that sends too many frames that move no call: settings, each of which has to be
 * acknowledged, priorities, and kinds that nobody knows. gRPC has limits for pings and resets only.
 * Used by the connection's event loop.
 */
final class IdleFrames extends Http2FrameListenerDecorator {
  /** Far more than clients send: settings as a connection begins, and when its windows change. */
  static final int MOST = 100;

  private static final long PERIOD = Duration.ofSeconds(10).toNanos();

  private long begin = System.nanoTime();
  private int frames;

  IdleFrames(Http2FrameListener listener) {
    super(listener);
  }

  private void count() throws Http2Exception {
    long now = System.nanoTime();
    if (now - begin > PERIOD) {
      begin = now;
      frames = 0;
    }
    if (++frames > MOST) {
      throw Http2Exception.connectionError(
          Http2Error.ENHANCE_YOUR_CALM,
          "more than %d settings, priorities and unknown frames",
          MOST);
    }
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
      throws Http2Exception {
    count();
    super.onSettingsRead(context, settings);
  }

  @Override
  public void onPriorityRead(
      ChannelHandlerContext context, int streamId, int dependency, short weight, boolean exclusive)
      throws Http2Exception {
    count();
    super.onPriorityRead(context, streamId, dependency, weight, exclusive);
  }

  @Override
  public void onUnknownFrame(
      ChannelHandlerContext context, byte type, int streamId, Http2Flags flags, ByteBuf payload)
      throws Http2Exception {
    count();
    super.onUnknownFrame(context, type, streamId, flags, payload);
  }
}
