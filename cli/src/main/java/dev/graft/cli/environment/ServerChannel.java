package dev.graft.cli.environment;

import dev.graft.address.ConnectAddress;
import dev.graft.address.HostResolver;
import dev.graft.registry.settings.SettingsReader;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Connections to servers that commands ask something. */
public final class ServerChannel {
  private ServerChannel() {}

  /**
   * A connection, which is made when something is called.
   *
   * @param authorities a PEM file of those whose certificates are believed, instead of Java's own
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID if that file cannot
   *     be read
   */
  @SuppressWarnings("deprecation") // What replaces it is for the whole JVM.
  public static ManagedChannel open(ConnectAddress server, Optional<Path> authorities) {
    ChannelCredentials credentials =
        server.tls() ? tls(authorities) : InsecureChannelCredentials.create();
    ManagedChannelBuilder<?> builder =
        HostResolver.isFor(server.host())
            ? Grpc.newChannelBuilder(HostResolver.SCHEME + ":///", credentials)
                .nameResolverFactory(HostResolver.factory(server.host(), server.port()))
            : Grpc.newChannelBuilderForAddress(server.host(), server.port(), credentials);
    return builder.build();
  }

  private static ChannelCredentials tls(Optional<Path> authorities) {
    if (authorities.isEmpty()) {
      return TlsChannelCredentials.create();
    }
    try {
      return TlsChannelCredentials.newBuilder().trustManager(authorities.get().toFile()).build();
    } catch (IOException e) {
      throw SettingsReader.invalid("The authorities in " + authorities.get() + " cannot be read.");
    }
  }
}
