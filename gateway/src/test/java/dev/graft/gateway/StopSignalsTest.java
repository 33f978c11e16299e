package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals as an operator's terminal and service manager send them, to a process of its own. */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill")
class StopSignalsTest {
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void theFirstLetsCallsEndAndTheSecondCutsThemOff(String signal) throws Exception {
    try (ByteBackend backend = new ByteBackend()) {
      try (GatewayProcess gateway =
          GatewayProcess.start(
              hearingSignals(),
              backend,
              Map.of("graft.gateway.drain-seconds", "600"),
              ProcessBuilder.Redirect.DISCARD)) {
        Process process = gateway.process;
        try (ByteClient client = new ByteClient(gateway.port)) {
          Call call = echo(client);
          send(signal, process);
          assertThat(process.waitFor(3, TimeUnit.SECONDS)).isFalse();
          call.call.sendMessage("after the first".getBytes(UTF_8));
          assertThat(call.next()).isEqualTo("after the first".getBytes(UTF_8));

          send(signal, process);

          assertThat(call.status().isOk()).isFalse();
          assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
          assertThat(gateway.output.readLine()).isEqualTo("ended");
          assertThat(process.exitValue()).isZero();
        }
      }
    }
  }

  private static Call echo(ByteClient client) throws InterruptedException {
    Call call =
        client.start(
            "acme.Anything/Echo",
            MethodType.BIDI_STREAMING,
            CallOptions.DEFAULT,
            new Metadata(),
            10);
    call.call.sendMessage("x".getBytes(UTF_8));
    call.next();
    return call;
  }

  /**
   * A shell has what it runs in the background ignore Ctrl-C, down to the last child, and a JVM
   * leaves it at that. Tests that run so undo it, where there is an {@code env} that can.
   */
  private static List<String> hearingSignals() throws Exception {
    List<String> env = List.of("env", "--default-signal=INT,TERM");
    List<String> tried = new ArrayList<>(env);
    tried.add("true");
    return new ProcessBuilder(tried).start().waitFor() == 0 ? env : List.of();
  }

  private static void send(String signal, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
