package dev.graft.gateway.tls;

import dev.graft.gateway.reload.FollowedFiles;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Makes TLS contexts from the settings. */
public final class TlsContexts {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final TlsSettings settings;
  private final PemFiles files;

  /**
   * Reads nothing yet.
   *
   * @param files follow the files of the settings
   */
  public TlsContexts(TlsSettings settings, FollowedFiles files) {
    this.settings = settings;
    this.files = new PemFiles(files);
  }

  /**
   * The context for connections from clients.
   *
   * @return empty if clients speak plain text
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if a file cannot be used
   */
  public Optional<SslContext> server() {
    return settings.certificate().map(this::server);
  }

  private SslContext server(CertificateFiles certificate) {
    SslContextBuilder builder =
        GrpcSslContexts.configure(
            SslContextBuilder.forServer(
                files.identity("the certificate for clients", certificate)));
    settings
        .clientAuthorities()
        .ifPresent(
            authorities ->
                builder
                    .clientAuth(ClientAuth.REQUIRE)
                    .trustManager(
                        new UnnamedAuthorities(
                            files.authorities("the authorities of clients", authorities))));
    return build(builder);
  }

  /**
   * The context for connections to the backend.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if a file cannot be used
   */
  public SslContext client() {
    SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forClient());
    settings
        .backendAuthorities()
        .ifPresent(
            authorities ->
                builder.trustManager(
                    files.authorities("the authorities of the backend", authorities)));
    settings
        .backendCertificate()
        .ifPresent(
            certificate ->
                builder.keyManager(files.identity("the certificate for the backend", certificate)));
    return build(builder);
  }

  private static SslContext build(SslContextBuilder builder) {
    try {
      SslContext context = builder.protocols(VERSIONS).build();
      // A resumed session is not verified again, not even where its authority has been taken away.
      if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
        sessions.setSessionCacheEnabled(false);
      }
      return context;
    } catch (SSLException e) {
      throw new GraftException(
          ErrorCode.GRAFT_CONFIGURATION_INVALID, "TLS cannot be set up: " + e.getMessage(), e);
    }
  }
}
