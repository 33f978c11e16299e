package dev.graft.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A port that a server is to listen on. */
final class PortLook {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private PortLook() {}

  /**
   * Looks whether it is free, by taking it for a moment.
   *
   * @param key the setting that names it
   * @param port 0 where the server takes a free one
   * @param certificate the file of the certificate that the server shows there, if any
   */
  static List<Finding> of(String key, String host, int port, Optional<Path> certificate) {
    if (port == 0) {
      return List.of();
    }
    String about = "port " + port;
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return List.of(Finding.ok(about, "free at " + host));
    } catch (UnknownHostException e) {
      return List.of(
          Finding.problem(
              about,
              "There is no address " + host + ".",
              "Mend the address beside " + key + ", or leave it at 127.0.0.1."));
    } catch (IOException e) {
      return List.of(taken(key, host, port, certificate, e));
    }
  }

  private static Finding taken(
      String key, String host, int port, Optional<Path> certificate, IOException failure) {
    String about = "port " + port;
    Optional<String> who =
        certificate.isPresent()
            ? Optional.of("A server with the certificate of these settings")
                .filter(server -> shows(certificate.get(), reached(host), port))
            : ServerCalls.connectServerAt(reached(host), port, PATIENCE)
                .map(version -> "A Connect server of Spark " + version);
    if (who.isPresent()) {
      return Finding.warning(
          about,
          who.get() + " listens at " + host + " already.",
          "If it is not the one that these settings are for, stop it or set another " + key + ".");
    }
    return Finding.problem(
        about,
        "It cannot be listened on at " + host + " (" + failure.getMessage() + ").",
        "Stop what listens there (ss -ltnp or lsof -i :"
            + port
            + " names it), or set another "
            + key
            + ".");
  }

  /** Whether what listens there shows a certificate; for which name does not matter here. */
  private static boolean shows(Path certificate, String host, int port) {
    int millis = (int) PATIENCE.toMillis();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), millis);
      plain.setSoTimeout(millis);
      try (SSLSocket socket =
          (SSLSocket)
              BelievedAuthorities.of(Optional.of(certificate))
                  .getSocketFactory()
                  .createSocket(plain, host, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return true;
      }
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  private static String reached(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }
}
