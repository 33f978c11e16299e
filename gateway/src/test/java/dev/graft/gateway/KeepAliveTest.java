package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Pings, in real time: half a minute, since gRPC takes nothing below ten seconds and allows two
 * pings too many. It only waits, so other tests may run beside it.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class KeepAliveTest {
  private static final byte[] HELLO =
      join(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
          HexFormat.of().parseHex("000000040000000000"));
  private static final byte[] PING = HexFormat.of().parseHex("000008060000000000" + "00".repeat(8));
  private static final byte GOAWAY = 7;

  private ByteBackend backend;
  private Gateway gateway;
  private ServerSocket relay;
  private final AtomicBoolean silent = new AtomicBoolean();

  @BeforeEach
  void start() throws Exception {
    backend = new ByteBackend();
    relay = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    relayTo(backend.port());
    Map<String, String> entries =
        Map.of(
            "graft.gateway.port", "0",
            "graft.gateway.drain-seconds", "0",
            "graft.gateway.backend.keepalive-seconds", "10");
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + relay.getLocalPort()));
  }

  @AfterEach
  void stop() throws Exception {
    backend.close();
    gateway.close();
    relay.close();
  }

  @Test
  void clientsMayPingEveryTenSecondsAndABackendThatFellSilentIsFound() throws Exception {
    try (ByteClient client = new ByteClient(gateway.port());
        Socket idle = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        Socket hasty = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      Call call =
          client.start(
              "acme.Anything/Hang",
              MethodType.BIDI_STREAMING,
              CallOptions.DEFAULT,
              new Metadata(),
              1);
      call.call.sendMessage(new byte[1]);
      backend.requests.take();
      silent.set(true);
      long begin = System.nanoTime();

      idle.getOutputStream().write(HELLO);
      for (int i = 0; i < 4; i++) {
        idle.getOutputStream().write(PING);
        Thread.sleep(10_100);
      }
      assertThat(saidFarewell(idle)).isFalse();
      byte[] hello = HELLO;
      for (int i = 0; i < 4; i++) {
        hello = join(hello, PING);
      }
      hasty.getOutputStream().write(hello);
      Patience.await("a hasty client is told to go", () -> saidFarewell(hasty));

      assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(call.status().getDescription()).containsIgnoringCase("keepalive");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(2));
    }
  }

  /** Whether a GOAWAY is among the frames that have come. */
  private static boolean saidFarewell(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    boolean said = false;
    while (in.available() >= 9) {
      byte[] head = in.readNBytes(9);
      int length = ByteBuffer.wrap(head).getInt() >>> 8;
      in.skipNBytes(length);
      said |= head[3] == GOAWAY;
    }
    return said;
  }

  /** Carries bytes both ways until it is told to fall silent, and then reads no more. */
  private void relayTo(int port) {
    inBackground(
        () -> {
          Socket client = relay.accept();
          Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
          inBackground(() -> copy(client, server));
          inBackground(() -> copy(server, client));
        });
  }

  private void copy(Socket from, Socket to) throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (silent.get()) {
        TimeUnit.MINUTES.sleep(5);
      }
      out.write(buffer, 0, read);
    }
  }

  private interface Deed {
    void run() throws IOException, InterruptedException;
  }

  private static void inBackground(Deed deed) {
    Thread thread =
        new Thread(
            () -> {
              try {
                deed.run();
              } catch (IOException | InterruptedException e) {
                // the test is over
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
