package dev.graft.gateway.transport;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepts no further sockets while some wait for their event loops to take them. Accepting a socket
 * costs next to nothing, but beginning a connection does. A storm of connections would otherwise
 * fill the loops, and all clients would wait; this way the storm waits in the kernel.
 *
 * <p>It stands in the pipeline of the listening socket, and is used by its event loop.
 */
final class Turnstile extends ChannelInboundHandlerAdapter {
  /**
   * After this time it goes on accepting, even if not all sockets have come to their event loops.
   */
  private static final int PATIENCE_SECONDS = 1;

  private final int most;
  private int beginning;
  private @Nullable ScheduledFuture<?> pause;

  /**
   * Lets sockets through.
   *
   * @param most how many may be on their way to their event loops
   */
  Turnstile(int most) {
    this.most = most;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel listening = context.channel();
    beginning++;
    if (beginning >= most && listening.config().isAutoRead()) {
      listening.config().setAutoRead(false);
      pause =
          listening
              .eventLoop()
              .schedule(
                  () -> {
                    beginning = 0;
                    goOn(listening);
                  },
                  PATIENCE_SECONDS,
                  TimeUnit.SECONDS);
    }
    ((Channel) message).pipeline().addFirst(new Beginning(listening));
    context.fireChannelRead(message);
  }

  private void goOn(Channel listening) {
    if (pause != null && beginning < most) {
      pause.cancel(false);
      pause = null;
      listening.config().setAutoRead(true);
    }
  }

  /** Tells when a socket has come to its event loop. */
  private final class Beginning extends ChannelHandlerAdapter {
    private final Channel listening;

    Beginning(Channel listening) {
      this.listening = listening;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context.pipeline().remove(this);
      listening
          .eventLoop()
          .execute(
              () -> {
                beginning = Math.max(0, beginning - 1);
                goOn(listening);
              });
    }
  }
}
