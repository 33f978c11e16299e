package dev.graft.encoder;

import dev.graft.address.HostResolver;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/** Opens channels to what connection strings name, and closes them. */
final class ConnectChannel {
  private ConnectChannel() {}

  /** A channel that connects with the first request, and sends the headers with each. */
  static ManagedChannel to(ConnectionString target) {
    ChannelCredentials credentials =
        target.tls() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
    Metadata headers = new Metadata();
    target.headers().forEach((name, value) -> headers.put(header(name), value));
    target.token().ifPresent(token -> headers.put(header("authorization"), "Bearer " + token));
    return builder(target, credentials)
        .maxInboundMessageSize(target.maxMessageSize())
        .userAgent(target.userAgent())
        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
        // A plan that was sent may have run: only the caller knows whether it may run twice.
        .disableRetry()
        .build();
  }

  @SuppressWarnings("deprecation") // What replaces it is for the whole JVM.
  private static ManagedChannelBuilder<?> builder(
      ConnectionString target, ChannelCredentials credentials) {
    return HostResolver.isFor(target.host())
        ? Grpc.newChannelBuilder(HostResolver.SCHEME + ":///", credentials)
            .nameResolverFactory(HostResolver.factory(target.host(), target.port()))
        : Grpc.newChannelBuilderForAddress(target.host(), target.port(), credentials);
  }

  /** Lets what is under way end within that time. */
  static void close(ManagedChannel channel, long seconds) {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(seconds, TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
