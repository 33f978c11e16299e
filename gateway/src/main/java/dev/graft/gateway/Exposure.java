package dev.graft.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** What an operator should know of who can reach the gateway, and how. */
final class Exposure {
  private Exposure() {}

  /** Warnings, each with what to do; none where only this machine reaches it. */
  static List<String> warnings(GatewaySettings settings) {
    List<String> warnings = new ArrayList<>();
    if (loopback(settings.host())) {
      return warnings;
    }
    boolean encrypted = settings.tls().certificate().isPresent();
    if (settings.tokens().isEmpty() && settings.tls().clientAuthorities().isEmpty()) {
      warnings.add(
          "Whoever reaches "
              + settings.host()
              + " can use the backend through this gateway. Set graft.gateway.token-file or"
              + " graft.gateway.tls.client-ca-file, or let it listen on 127.0.0.1, behind something"
              + " that checks who calls.");
    }
    if (!encrypted) {
      warnings.add(
          "Clients speak plain text with "
              + settings.host()
              + ": plans, rows and tokens can be read on the way. Set"
              + " graft.gateway.tls.certificate-file and graft.gateway.tls.key-file, or let it listen"
              + " on 127.0.0.1, behind something that ends TLS.");
    }
    return warnings;
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // listening fails, and says so
    }
  }
}
