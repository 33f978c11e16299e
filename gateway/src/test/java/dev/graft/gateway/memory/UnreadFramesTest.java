package dev.graft.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.buffer.PooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameAdapter;
import org.junit.jupiter.api.Test;

/** Whoever keeps a few bytes of a frame keeps no large buffer. */
class UnreadFramesTest {
  private final Keeping keeping = new Keeping();

  private static final class Keeping extends Http2FrameAdapter {
    private ByteBuf kept = PooledByteBufAllocator.DEFAULT.buffer();

    @Override
    public int onDataRead(
        ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean end) {
      kept.release();
      kept = data.retain();
      return padding;
    }
  }

  /** How large the buffer is that somebody keeps with a frame in a buffer of 16 KiB. */
  private int kept(int frame) throws Exception {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(16 << 10).writeZero(16 << 10);
    byte[] sent = ByteBufUtil.getBytes(buffer, 100, frame);
    EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    ChannelHandlerContext context = channel.pipeline().firstContext();
    new UnreadFrames(new DefaultHttp2Connection(true), keeping)
        .onDataRead(context, 1, buffer.slice(100, frame), 0, false);
    buffer.release();
    channel.finishAndReleaseAll();
    assertThat(ByteBufUtil.getBytes(keeping.kept)).isEqualTo(sent);
    ByteBuf whole = keeping.kept;
    while (whole.unwrap() != null) {
      whole = whole.unwrap();
    }
    return whole.capacity();
  }

  @Test
  void aSmallPartIsCopied() throws Exception {
    assertThat(kept(1)).isLessThan(300);
    assertThat(kept(8_000)).isLessThan(8_200);
  }

  @Test
  void aLargePartIsNot() throws Exception {
    assertThat(kept(8_192)).isEqualTo(16 << 10);
  }
}
