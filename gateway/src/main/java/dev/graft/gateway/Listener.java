package dev.graft.gateway;

import dev.graft.gateway.access.BearerTokens;
import dev.graft.gateway.access.Credentials;
import dev.graft.gateway.access.HealthWatches;
import dev.graft.gateway.access.TokenCheck;
import dev.graft.gateway.connect.ConnectMethods;
import dev.graft.gateway.log.CallRecords;
import dev.graft.gateway.memory.CountedCalls;
import dev.graft.gateway.memory.MemoryBudget;
import dev.graft.gateway.reload.FollowedFiles;
import dev.graft.gateway.threads.InflatingThreads;
import dev.graft.gateway.tls.TlsContexts;
import dev.graft.gateway.transport.ConnectionSettings;
import dev.graft.gateway.transport.EventLoops;
import io.grpc.BindableService;
import io.grpc.HandlerRegistry;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Makes the server that clients see. */
final class Listener {
  /** Spark's clients ping once a minute, others more often. */
  private static final int CLIENT_PING_SECONDS = 10;

  /** After this silence a client is pinged; one that has gone away would keep its connection. */
  private static final int PING_SECONDS = 120;

  /** Far more than clients cancel, far less than a reset flood. */
  private static final int RESETS = 400;

  private static final int RESETS_SECONDS = 10;

  private Listener() {}

  /**
   * A server that has not been started.
   *
   * @param registry serves the methods that the gateway does not serve itself
   * @param memory the budget that all its calls share
   * @param records what is known of its calls
   */
  static Server build(
      GatewaySettings settings,
      HandlerRegistry registry,
      BindableService health,
      TlsContexts tls,
      FollowedFiles files,
      EventLoops loops,
      InflatingThreads inflating,
      MemoryBudget memory,
      CallRecords records) {
    ConnectionSettings connections = settings.connections();
    NettyServerBuilder builder =
        loops
            .serve(
                NettyServerBuilder.forAddress(
                    new InetSocketAddress(settings.host(), settings.port())),
                connections)
            .directExecutor()
            .callExecutor(inflating)
            .fallbackHandlerRegistry(registry)
            .addService(health)
            .maxInboundMessageSize(settings.maxMessageBytes())
            .flowControlWindow(connections.windowBytes())
            .maxInboundMetadataSize(connections.headerBytes())
            .maxConcurrentCallsPerConnection(connections.callsPerConnection())
            .handshakeTimeout(connections.handshake().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveTime(CLIENT_PING_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .maxRstFramesPerWindow(RESETS, RESETS_SECONDS);
    connections
        .age()
        .ifPresent(age -> builder.maxConnectionAge(age.toMillis(), TimeUnit.MILLISECONDS));
    tls.server().ifPresent(builder::sslContext);
    if (settings.reflection()) {
      builder.addService(ProtoReflectionServiceV1.newInstance()).addService(olderReflection());
    }
    // Of interceptors, the last is asked first.
    settings
        .tokens()
        .ifPresent(file -> builder.intercept(new TokenCheck(BearerTokens.of(file, files))));
    builder.intercept(new HealthWatches());
    builder.intercept(new Credentials(ConnectMethods.OF_USERS));
    records.of(builder);
    CountedCalls.of(builder, memory);
    return builder.build();
  }

  /** The reflection service named v1alpha, the only one that older tools know. */
  @SuppressWarnings("deprecation")
  private static BindableService olderReflection() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }
}
