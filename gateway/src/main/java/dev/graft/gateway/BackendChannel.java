package dev.graft.gateway;

import dev.graft.address.HostResolver;
import dev.graft.gateway.proxy.Backend;
import dev.graft.gateway.tls.TlsContexts;
import dev.graft.gateway.transport.EventLoops;
import dev.graft.registry.settings.SettingsReader;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Makes the connection to the backend, and the headers that every call over it carries. */
final class BackendChannel {
  /** How long the backend may take to answer a ping, or to acknowledge what was sent to it. */
  private static final int PING_ANSWER_SECONDS = 20;

  private static final int TO_END_SECONDS = 5;

  private BackendChannel() {}

  static ManagedChannel open(
      BackendAddress backend, GatewaySettings settings, TlsContexts tls, EventLoops loops) {
    return loops.call(() -> connection(backend, settings, tls));
  }

  private static NettyChannelBuilder connection(
      BackendAddress backend, GatewaySettings settings, TlsContexts tls) {
    NettyChannelBuilder builder =
        builder(backend)
            .directExecutor()
            // A plan that was sent may have run: only the client knows whether it may run twice.
            .disableRetry()
            .disableServiceConfigLookUp()
            .maxInboundMessageSize(settings.maxMessageBytes())
            .flowControlWindow(settings.connections().windowBytes())
            .maxInboundMetadataSize(settings.connections().headerBytes())
            // Only while calls wait: Spark's servers end connections that ping without a call.
            .keepAliveTime(settings.connections().backendKeepAlive().toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(PING_ANSWER_SECONDS, TimeUnit.SECONDS);
    if (backend.tls()) {
      return builder.sslContext(tls.client());
    }
    checkCertificates(backend, settings);
    return builder.usePlaintext();
  }

  @SuppressWarnings("deprecation") // its replacement would hold for the whole JVM
  private static NettyChannelBuilder builder(BackendAddress backend) {
    return HostResolver.isFor(backend.host())
        ? NettyChannelBuilder.forTarget(HostResolver.SCHEME + ":///")
            .nameResolverFactory(HostResolver.factory(backend.host(), backend.port()))
        : NettyChannelBuilder.forAddress(backend.host(), backend.port());
  }

  /**
   * Refuses certificates for a backend that is called without TLS.
   *
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID
   */
  static void checkCertificates(BackendAddress backend, GatewaySettings settings) {
    if (backend.tls()) {
      return;
    }
    if (settings.tls().backendAuthorities().isPresent()
        || settings.tls().backendCertificate().isPresent()) {
      throw SettingsReader.invalid(
          "There are certificates for the backend, and "
              + backend
              + " is called without TLS. Add use_ssl=true to its address, or take "
              + GatewaySettings.PREFIX
              + "backend.ca-file, "
              + GatewaySettings.PREFIX
              + "backend.certificate-file and "
              + GatewaySettings.PREFIX
              + "backend.key-file away.");
    }
  }

  /** Ends all calls; the event loops are still needed for that. */
  static void close(ManagedChannel channel) {
    channel.shutdownNow();
    try {
      channel.awaitTermination(TO_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The backend over that connection, with the headers that its address asks for. */
  static Backend of(ManagedChannel channel, BackendAddress backend) {
    Metadata headers = new Metadata();
    backend.headers().forEach((name, value) -> headers.put(header(name), value));
    backend.token().ifPresent(token -> headers.put(header("authorization"), "Bearer " + token));
    return new Backend(channel, backend.toString(), headers);
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
