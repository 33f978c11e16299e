package dev.graft.gateway;

import dev.graft.gateway.connect.ConnectMethods;
import dev.graft.gateway.proxy.Backend;
import dev.graft.gateway.proxy.ForwardingRegistry;
import dev.graft.registry.Registry;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.registry.report.LoadReport;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running gateway: one listening port, one backend, one registry. Safe for use by several
 * threads.
 */
public final class Gateway implements AutoCloseable {
  /** How many plans may wait to be lowered; each may be as large as a message. */
  private static final int WAITING_PLANS = 256;

  /** Spark's clients ping once a minute, others more often. */
  private static final int PING_SECONDS = 10;

  /** Far more than clients cancel, far less than a reset flood. */
  private static final int RESETS = 400;

  private static final int RESETS_SECONDS = 10;

  /**
   * Spark's servers put up to 8 KiB of error details into trailers, beside what is there anyway.
   */
  private static final int MAX_HEADER_BYTES = 64 << 10;

  private final GatewaySettings settings;
  private final Registry registry;
  private final ManagedChannel channel;
  private final ThreadPoolExecutor lowering;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Server server;

  private Gateway(GatewaySettings settings, Registry registry, BackendAddress backend) {
    this.settings = settings;
    this.registry = registry;
    this.channel = channel(backend, settings);
    this.lowering = executor(settings.loweringThreads());
    Backend behind = new Backend(channel, backend.toString(), headers(backend));
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
            .directExecutor()
            .fallbackHandlerRegistry(
                new ForwardingRegistry(
                    behind,
                    ConnectMethods.rewriters(
                        registry, new Lowering(LoweringTable.ofConnect()), behind),
                    lowering))
            .addService(health.getHealthService())
            .maxInboundMessageSize(settings.maxMessageBytes())
            .maxInboundMetadataSize(MAX_HEADER_BYTES)
            .permitKeepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxRstFramesPerWindow(RESETS, RESETS_SECONDS)
            .build();
  }

  /**
   * Loads the plugins and starts to serve. The backend is not called yet.
   *
   * @param entries the configuration: the registry's keys without {@code spark.}, and those of
   *     {@link GatewaySettings}, which {@code settings} replaces
   * @throws GraftException if the configuration or a required plugin is refused, or the address
   *     cannot be listened on
   */
  public static Gateway start(
      GatewaySettings settings, Map<String, String> entries, BackendAddress backend) {
    Registry registry = PortablePlugins.load(GatewaySettings.others(entries));
    Gateway gateway = new Gateway(settings, registry, backend);
    try {
      gateway.server.start();
      return gateway;
    } catch (IOException e) {
      gateway.channel.shutdownNow();
      gateway.lowering.shutdownNow();
      throw new GraftException(
          ErrorCode.GRAFT_CONFIGURATION_INVALID,
          "The gateway cannot listen on "
              + settings.host()
              + " port "
              + settings.port()
              + ": "
              + e.getMessage()
              + ". Choose another port, or 0 for a free one.",
          e);
    }
  }

  private static ManagedChannel channel(BackendAddress backend, GatewaySettings settings) {
    String host = backend.host();
    return NettyChannelBuilder.forAddress(
            host,
            backend.port(),
            backend.tls() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create())
        .directExecutor()
        // A plan that was sent may have run: only the client knows whether it may run twice.
        .disableRetry()
        .disableServiceConfigLookUp()
        .maxInboundMessageSize(settings.maxMessageBytes())
        .maxInboundMetadataSize(MAX_HEADER_BYTES)
        .build();
  }

  private static Metadata headers(BackendAddress backend) {
    Metadata headers = new Metadata();
    backend.headers().forEach((name, value) -> headers.put(header(name), value));
    backend.token().ifPresent(token -> headers.put(header("authorization"), "Bearer " + token));
    return headers;
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static ThreadPoolExecutor executor(int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING_PLANS),
            task -> {
              Thread thread = new Thread(task, "graft-lowering-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Where it listens, as clients take it: {@code sc://127.0.0.1:15002}. */
  public String address() {
    String host = settings.host();
    return "sc://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** What became of the configuration. */
  public LoadReport report() {
    return registry.report();
  }

  /** Waits until the gateway has been stopped. */
  public void awaitEnd() throws InterruptedException {
    server.awaitTermination();
  }

  /**
   * Stops it: no new calls, then those under way have the time of {@link GatewaySettings#drain()},
   * then they are cut off.
   */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(settings.drain().toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    lowering.shutdownNow();
    channel.shutdownNow();
  }
}
