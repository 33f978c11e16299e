package dev.graft.gateway.transport;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFactory;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads that do all reading and writing, on both sides, and the kind of sockets they do it
 * with: epoll where there is one.
 */
public final class EventLoops implements AutoCloseable {
  /** Accepting is quick, and there is one listening socket. */
  private static final int ACCEPTING_THREADS = 1;

  /** None of them ever waits for anything but sockets, so more would only take turns. */
  private static final int WORKING_THREADS = Runtime.getRuntime().availableProcessors();

  private static final int TO_END_SECONDS = 5;

  /**
   * How many bytes a connection may send before a call is let in, as a multiple of the largest
   * headers.
   */
  private static final long FIRST_HEADERS = 2;

  /**
   * How many calls a connection may begin before one is let in. A client without a token is refused
   * at the first; health checks may need some.
   */
  private static final int FIRST_CALLS = 20;

  /** How many accepted connections may wait for each working thread to begin with them. */
  private static final int BEGINNING_FOR_A_LOOP = 4;

  /**
   * How many bytes are read from a client's socket before the others of the same event loop have
   * their turn. Netty's own sixteen times 64 KiB hold thousands of small frames, such as calls that
   * are reset at once, and a few such clients would keep a loop busy for hundreds of milliseconds.
   */
  private static final int BYTES_OF_A_TURN = 16 << 10;

  /** As Netty's own. */
  private static final int LEAST_BUFFER = 64;

  private static final int FIRST_BUFFER = 2_048;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup accepting = group("graft-accept", ACCEPTING_THREADS);
  private final EventLoopGroup working = group("graft-io", WORKING_THREADS);
  private final Connections connections = new Connections();

  /** Starts the threads of one gateway. */
  public EventLoops() {
    BrokenStreams.tell();
  }

  private EventLoopGroup group(String name, int threads) {
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
  }

  /**
   * Makes a server use these threads.
   *
   * @param limits how many connections it may have, and how long without a call. A call counts as
   *     let in once the interceptors that are added after this have passed it
   */
  public NettyServerBuilder serve(NettyServerBuilder server, ConnectionSettings limits) {
    Newcomers newcomers =
        new Newcomers(limits.firstCall(), FIRST_HEADERS * limits.headerBytes(), FIRST_CALLS);
    ConnectionLimit limit =
        new ConnectionLimit(
            limits.most(), new AddressPace(limits.perSecond()), newcomers, connections);
    ChannelFactory<ServerChannel> listening =
        () -> {
          ServerChannel channel =
              epoll ? new EpollServerSocketChannel() : new NioServerSocketChannel();
          // The limit first: a socket that it refuses does not come to the turnstile.
          channel
              .pipeline()
              .addLast(limit)
              .addLast(new Turnstile(BEGINNING_FOR_A_LOOP * WORKING_THREADS));
          return channel;
        };
    return server
        .withChildOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(LEAST_BUFFER, FIRST_BUFFER, BYTES_OF_A_TURN)
                .maxMessagesPerRead(1))
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(working)
        .channelFactory(listening)
        .addTransportFilter(new Negotiated(newcomers, connections))
        .addStreamTracerFactory(new CallsOfNewcomers(newcomers))
        .intercept(new FirstCall(newcomers));
  }

  /**
   * A channel with a connection for each working thread. A call goes out on the thread that it came
   * in on.
   *
   * @param builder makes the builder of one connection
   */
  public ManagedChannel call(Supplier<NettyChannelBuilder> builder) {
    ChannelFactory<Channel> connecting =
        () -> Frames.ofBackend(epoll ? new EpollSocketChannel() : new NioSocketChannel());
    List<NearestChannel.OnLoop> channels = new ArrayList<>();
    for (EventExecutor executor : working) {
      EventLoop loop = (EventLoop) executor;
      channels.add(
          new NearestChannel.OnLoop(
              loop, builder.get().eventLoopGroup(loop).channelFactory(connecting).build()));
    }
    return new NearestChannel(channels);
  }

  /** How many connections of clients are open that speak HTTP/2. */
  public int connections() {
    return connections.count();
  }

  /**
   * Takes no further connections, and has each client go elsewhere when it has nothing under way
   * over its connection.
   */
  public void letClientsGo() {
    connections.letGo();
  }

  /** Ends the threads, and what connections there still are with them. */
  @Override
  public void close() {
    end(accepting);
    end(working);
  }

  private static void end(EventLoopGroup threads) {
    threads
        .shutdownGracefully(0, TO_END_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(TO_END_SECONDS, TimeUnit.SECONDS);
  }
}
