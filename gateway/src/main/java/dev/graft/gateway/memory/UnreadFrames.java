package dev.graft.gateway.memory;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Connection;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListener;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a connection's frames and gRPC, which tells nobody of bytes before they are asked
 * for. After each frame of data the call that it belongs to learns how many stand unread.
 *
 * <p>Which call a stream belongs to is found out while gRPC reads its first headers: within that,
 * on the same thread, gRPC tells the call's tracer. Used by the connection's event loop.
 */
public final class UnreadFrames extends Http2FrameListenerDecorator {
  private static final ThreadLocal<@Nullable UnreadFrames> READING = new ThreadLocal<>();

  private final Http2Connection connection;
  private final Http2Connection.PropertyKey key;
  private @Nullable Http2Stream reading;

  /** Listens to the frames of a connection, and passes them all on. */
  public UnreadFrames(Http2Connection connection, Http2FrameListener listener) {
    super(listener);
    this.connection = connection;
    this.key = connection.newKey();
  }

  /** Has the stream whose headers this thread reads, if there is one, counted for a call. */
  static void count(Unread unread) {
    UnreadFrames frames = READING.get();
    if (frames != null && frames.reading != null) {
      frames.reading.setProperty(frames.key, unread);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    reading = connection.stream(streamId);
    READING.set(this);
    try {
      super.onHeadersRead(context, streamId, headers, dependency, weight, exclusive, padding, end);
    } finally {
      READING.set(null);
      reading = null;
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean end)
      throws Http2Exception {
    if (!isSmallPart(data)) {
      return counted(streamId, padding, super.onDataRead(context, streamId, data, padding, end));
    }
    // Who holds a few bytes of a large buffer holds all of it.
    ByteBuf copy = context.alloc().buffer(data.readableBytes()).writeBytes(data);
    try {
      return counted(streamId, padding, super.onDataRead(context, streamId, copy, padding, end));
    } finally {
      copy.release();
    }
  }

  private static boolean isSmallPart(ByteBuf data) {
    ByteBuf whole = data;
    while (whole.unwrap() != null) {
      whole = whole.unwrap();
    }
    return 2 * data.readableBytes() < whole.capacity();
  }

  private int counted(int streamId, int padding, int returned) {
    Http2Stream stream = connection.stream(streamId);
    Unread unread = stream == null ? null : stream.getProperty(key);
    if (unread != null) {
      unread.are(connection.local().flowController().unconsumedBytes(stream) - padding);
    }
    return returned;
  }
}
