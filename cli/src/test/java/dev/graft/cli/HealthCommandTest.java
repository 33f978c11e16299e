package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code graft health}, on real servers. */
class HealthCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int health(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "health";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return GraftCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  private static String address(int port) {
    return "sc://localhost:" + port;
  }

  private static Server server(BindableService... services) throws IOException {
    ServerBuilder<?> builder = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create());
    for (BindableService service : services) {
      builder.addService(service);
    }
    return builder.build().start();
  }

  @Test
  void aGatewayThatServesIsWell() {
    Map<String, String> entries = Map.of("graft.gateway.port", "0");
    try (Gateway gateway =
        Gateway.start(
            GatewaySettings.parse(entries), entries, BackendAddress.parse("sc://127.0.0.1:1"))) {
      assertThat(health(address(gateway.port()))).isZero();
    }
    assertThat(out.toString()).startsWith("localhost:").endsWith(" serves.\n");
  }

  @Test
  void aServerThatDrainsIsNotAndSaysSo() throws Exception {
    HealthStatusManager manager = new HealthStatusManager();
    manager.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
    Server server = server(manager.getHealthService());
    try {
      assertThat(health(address(server.getPort()))).isEqualTo(1);
      assertThat(err.toString()).contains("says NOT_SERVING", "is about to end");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void aServerWithoutAHealthServiceIsWellIfItAnswers() throws Exception {
    Server server = server();
    try {
      assertThat(health(address(server.getPort()))).isZero();
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void whereNothingListensTheReasonIsSaid() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(health(address(port))).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("graft: localhost:" + port + " does not serve: UNAVAILABLE")
        .contains("refused");
  }

  @Test
  void whatTakesConnectionsAndNeverAnswersIsNotWell() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(health(address(mute.getLocalPort()), "--timeout", "1")).isEqualTo(1);
    }
    assertThat(err.toString()).contains("has not answered within 1 s");
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertThat(health("http://localhost:15002")).isEqualTo(2);
    assertThat(err.toString()).contains("The address", "it must begin with sc://");
  }
}
