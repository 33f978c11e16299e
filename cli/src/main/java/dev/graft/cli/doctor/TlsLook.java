package dev.graft.cli.doctor;

import dev.graft.address.ConnectAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The TLS of a server: whether its certificate is believed, and until when it is valid. */
final class TlsLook {
  private static final String ABOUT = "TLS";

  private final ConnectAddress address;
  private final Optional<Path> authorities;
  private final Duration patience;

  TlsLook(ConnectAddress address, Optional<Path> authorities, Duration patience) {
    this.address = address;
    this.authorities = authorities;
    this.patience = patience;
  }

  /** Shakes hands as a client does. */
  List<Finding> findings(Instant now) {
    String host = PlainHost.of(address);
    try (Socket plain = new Socket()) {
      int millis = (int) patience.toMillis();
      plain.connect(new InetSocketAddress(host, address.port()), millis);
      plain.setSoTimeout(millis);
      SSLSocket socket =
          (SSLSocket)
              BelievedAuthorities.of(authorities)
                  .getSocketFactory()
                  .createSocket(plain, host, address.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      List<Finding> findings = new ArrayList<>();
      findings.add(
          Finding.ok(ABOUT, socket.getSession().getProtocol() + ", its certificate is believed"));
      if (socket.getSession().getPeerCertificates()[0] instanceof X509Certificate shown) {
        findings.add(
            CertificateLook.of(
                "That of " + host,
                shown.getNotAfter().toInstant(),
                now,
                "Have whoever runs the server renew it."));
      }
      return findings;
    } catch (SSLException e) {
      return List.of(refused(host, e));
    } catch (IOException | GeneralSecurityException e) {
      return List.of(
          Finding.problem(
              ABOUT,
              "The handshake with " + host + " was not finished: " + e.getMessage() + ".",
              "See whether the server speaks TLS at this port; leave use_ssl=true out if not."));
    }
  }

  private static Finding refused(String host, SSLException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = String.valueOf(root.getMessage());
    String advice;
    if (why.contains("plaintext") || why.contains("Unsupported or unrecognized SSL message")) {
      advice = "The server speaks plain text: say use_ssl=false, and give no token over it.";
    } else if (why.contains("unable to find valid certification path")) {
      advice =
          "Java does not know the authority of its certificate. Give clients that authority; a gateway takes it as graft.gateway.backend.ca-file, and this command with --conf.";
    } else if (why.contains("No subject alternative") || why.contains("No name matching")) {
      advice =
          "Its certificate is for another name. Call it by that name, or have it issued for this one.";
    } else if (why.contains("NotAfter") || why.contains("NotBefore")) {
      advice =
          "Its certificate is not valid today. Have it renewed; see also whether this machine's clock is right.";
    } else {
      advice = "If the server wants clients to show a certificate, this command has none to show.";
    }
    return Finding.problem(ABOUT, "The handshake with " + host + " failed: " + why + ".", advice);
  }
}
