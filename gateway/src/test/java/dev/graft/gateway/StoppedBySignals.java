package dev.graft.gateway;

import java.util.Map;

/** A process with a gateway in it, for {@link StopSignalsTest}. Its argument is the backend. */
final class StoppedBySignals {
  private StoppedBySignals() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> entries =
        Map.of("graft.gateway.port", "0", "graft.gateway.drain-seconds", "600");
    Gateway gateway =
        Gateway.start(GatewaySettings.parse(entries), entries, BackendAddress.parse(arguments[0]));
    StopSignals.stop(gateway);
    System.out.println(gateway.port());
    gateway.awaitEnd();
    System.out.println("ended");
  }
}
