package dev.graft.gateway;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A process with a gateway in it, for {@link MemoryTest}. Its arguments are the backend and the
 * folder of the plugins. It says its port, and at each line that it reads how much of its memory
 * calls take.
 */
final class LittleMemory {
  private LittleMemory() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> entries =
        Map.of(
            "graft.gateway.port", "0",
            "graft.gateway.drain-seconds", "0",
            "graft.plugins.path", arguments[1],
            "connect.extensions.relation.classes", "acme.Twice,acme.Table");
    try (Gateway gateway =
            Gateway.start(
                GatewaySettings.parse(entries), entries, BackendAddress.parse(arguments[0]));
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(gateway.port());
      while (questions.readLine() != null) {
        System.out.println(gateway.memory().taken() + gateway.memory().standingUnread());
      }
    }
  }
}
