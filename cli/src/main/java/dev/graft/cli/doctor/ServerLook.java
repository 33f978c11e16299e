package dev.graft.cli.doctor;

import dev.graft.address.ConnectAddress;
import dev.graft.encoder.RequestFailedException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A server, from its name to Graft in it. What comes after a step that fails is not tried, since it
 * would fail for the same reason.
 */
final class ServerLook {
  /** What an encoder says of a server that does not answer extensions. */
  private static final String WITHOUT = "GRAFT_SERVER_WITHOUT_EXTENSION";

  private static final String NO_GRAFT =
      "Start it with spark.plugins=dev.graft.spark.GraftPlugin and Graft's jar, or put a gateway in front of it.";

  private final ConnectAddress address;
  private final Optional<Path> authorities;
  private final Duration patience;
  private final List<Finding> findings = new ArrayList<>();

  private ServerLook(ConnectAddress address, Optional<Path> authorities, Duration patience) {
    this.address = address;
    this.authorities = authorities;
    this.patience = patience;
  }

  /**
   * Looks at it.
   *
   * @param authorities a PEM file of those whose certificates are believed, instead of Java's own
   * @param patience for each step
   */
  static List<Finding> of(ConnectAddress address, Optional<Path> authorities, Duration patience) {
    ServerLook look = new ServerLook(address, authorities, patience);
    boolean reached = look.name() && look.port() && look.tls() && look.grpc();
    if (!reached && look.findings.isEmpty()) {
      throw new IllegalStateException("a step has failed without a word");
    }
    return look.findings;
  }

  private boolean name() {
    try {
      String addresses =
          Arrays.stream(InetAddress.getAllByName(PlainHost.of(address)))
              .map(InetAddress::getHostAddress)
              .collect(Collectors.joining(", "));
      findings.add(Finding.ok("name", address.host() + " is " + addresses));
      return true;
    } catch (UnknownHostException e) {
      findings.add(
          Finding.problem(
              "name",
              "There is no address for the name " + address.host() + ".",
              "Mend the name; or ask the network's name server (getent hosts "
                  + address.host()
                  + ")."));
      return false;
    }
  }

  private boolean port() {
    String place = address.host() + ":" + address.port();
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(PlainHost.of(address), address.port()), (int) patience.toMillis());
      findings.add(Finding.ok("port", place + " is listened on"));
      return true;
    } catch (ConnectException e) {
      findings.add(
          Finding.problem(
              "port",
              "Nothing listens at " + place + ".",
              "Start the server, or mend the port; a server listens on 127.0.0.1 alone unless its settings say otherwise."));
    } catch (SocketTimeoutException e) {
      findings.add(
          Finding.problem(
              "port",
              "There is no answer from " + place + " within " + patience.toSeconds() + " s.",
              "A firewall may be between: see whether this machine may call that port."));
    } catch (IOException e) {
      findings.add(
          Finding.problem(
              "port",
              place + " cannot be reached: " + e.getMessage() + ".",
              "See whether this machine has a way there (ping, traceroute)."));
    }
    return false;
  }

  private boolean tls() {
    if (!address.tls()) {
      return true;
    }
    List<Finding> found = new TlsLook(address, authorities, patience).findings(Instant.now());
    findings.addAll(found);
    return found.stream().noneMatch(each -> each.level() == Finding.Level.PROBLEM);
  }

  private boolean grpc() {
    try (ServerCalls calls = new ServerCalls(address, authorities, patience)) {
      findings.add(Finding.ok("Connect", "a server of Spark " + calls.version() + " answers"));
      findings.add(graft(calls));
      return true;
    } catch (StatusRuntimeException e) {
      findings.add(silent(e));
      return false;
    }
  }

  private Finding silent(StatusRuntimeException failure) {
    String why = failure.getStatus().getCode() + ", " + failure.getStatus().getDescription();
    return switch (failure.getStatus().getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          Finding.problem(
              "Connect",
              "The server refuses the call: " + why + ".",
              "Give the address the server's token: sc://HOST:PORT/;token=TOKEN.");
      case UNIMPLEMENTED ->
          Finding.problem(
              "Connect",
              "What listens there speaks gRPC and is no Spark Connect server: " + why + ".",
              "Mend the port.");
      case DEADLINE_EXCEEDED ->
          Finding.problem(
              "Connect",
              "The server has not said its version within " + patience.toSeconds() + " s.",
              "It may be starting still, or its backend is away: --timeout gives it longer.");
      default ->
          Finding.problem(
              "Connect",
              "What listens there does not speak as a Connect server: " + why + ".",
              address.tls()
                  ? "See the server's log."
                  : "If the server wants TLS, add use_ssl=true to the address; if not, mend the port.");
    };
  }

  private static Finding graft(ServerCalls calls) {
    try {
      return Finding.ok("Graft", "is there, with " + calls.extensions() + " extensions");
    } catch (RequestFailedException e) {
      String text = String.valueOf(e.getMessage());
      if (text.contains("does not list its extensions")) {
        return Finding.ok("Graft", "is there, and lists no extensions, as its operator wants it");
      }
      if (e.errorCode().filter(code -> code.startsWith("GRAFT_")).isPresent()
          && !e.errorCode().equals(Optional.of(WITHOUT))) {
        return Finding.warning(
            "Graft",
            "is there, and refuses to list its extensions: " + text,
            "See the server's load report.");
      }
      return Finding.warning("Graft", "is not there: the server knows no extensions.", NO_GRAFT);
    } catch (StatusRuntimeException e) {
      return Finding.warning(
          "Graft", "cannot be asked: " + e.getStatus().getCode() + ".", NO_GRAFT);
    }
  }
}
