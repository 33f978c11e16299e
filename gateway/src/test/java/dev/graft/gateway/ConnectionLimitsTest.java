package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients cannot have more of. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class ConnectionLimitsTest {
  private static final String ECHO = "acme.Anything/Echo";
  private static final String HANG = "acme.Anything/Hang";

  private ByteBackend backend;
  private Gateway gateway;

  @BeforeEach
  void prepare() throws Exception {
    backend = new ByteBackend();
  }

  private void start(String... settings) {
    Map<String, String> entries = new TreeMap<>();
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "0");
    for (int i = 0; i < settings.length; i += 2) {
      entries.put("graft.gateway." + settings[i], settings[i + 1]);
    }
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
  }

  @AfterEach
  void stop() {
    backend.close();
    gateway.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Whether the gateway has closed a connection; waits for what it sends. */
  private static boolean closed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void connectionsAboveTheLimitAreClosedAndMakeRoomWhenOthersEnd() throws Exception {
    start("max-connections", "3");
    List<Socket> most = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Socket socket = connect();
      assertThat(closed(socket)).isFalse(); // a server of HTTP/2 speaks first
      most.add(socket);
    }
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 5; i++) {
        try (Socket refused = connect()) {
          assertThat(closed(refused)).isTrue();
        }
      }
      log.await(now -> now.text().contains("as many as graft.gateway.max-connections allows"));
      assertThat(log.text().lines()).hasSize(1);
    }

    for (Socket socket : most) {
      socket.close();
    }
    try (ByteClient client = new ByteClient(gateway.port())) {
      Patience.await("a call is taken", () -> client.call(ECHO, bytes("x")).status().isOk());
    }
  }

  @Test
  void aConnectionThatNeverSpeaksIsClosed() throws Exception {
    start("handshake-seconds", "1");
    try (Socket silent = connect()) {
      while (silent.getInputStream().read() >= 0) {
        // what the gateway says first, and its farewell
      }
    } catch (SocketException reset) {
      // closed as well
    }
    try (ByteClient client = new ByteClient(gateway.port())) {
      assertThat(client.call(ECHO, bytes("x")).status().isOk()).isTrue();
    }
  }

  @Test
  void moreCallsThanAConnectionMayHaveWait() throws Exception {
    start("max-calls-per-connection", "2");
    try (ByteClient client = new ByteClient(gateway.port())) {
      Call first = open(client);
      Call second = open(client);
      Call third = client.call(ECHO, bytes("third"));
      Thread.sleep(500);
      assertThat(third.status).isNotDone();
      assertThat(backend.methods).hasSize(2);

      first.call.halfClose();

      assertThat(third.next()).isEqualTo(bytes("third"));
      second.call.halfClose();
      assertThat(second.status().isOk()).isTrue();
    }
  }

  @Test
  void aCancelledCallMakesRoomForTheNext() throws Exception {
    start("max-calls-per-connection", "1");
    try (ByteClient client = new ByteClient(gateway.port())) {
      for (int i = 0; i < 5; i++) {
        Call call = hang(client);
        backend.requests.take();
        call.call.cancel("enough", null);
        // A client that holds a call back while it cancels another sends it with its next flush
        // only, of which there is none here: let the cancellation be done first.
        Thread.sleep(300);
        assertThat(client.call(ECHO, bytes("next")).status().isOk()).isTrue();
        backend.requests.take();
      }
    }
  }

  @Test
  void headersAboveTheLimitAreRefused() throws Exception {
    start("max-header-bytes", "8192");
    Metadata headers = new Metadata();
    headers.put(ByteBackend.SEEN, "x".repeat(9_000));
    try (ByteClient client = new ByteClient(gateway.port())) {
      Call call = client.start(ECHO, MethodType.UNARY, CallOptions.DEFAULT, headers, 2);
      call.call.sendMessage(bytes("x"));
      call.call.halfClose();

      assertThat(call.status().isOk()).isFalse();
      assertThat(backend.methods).isEmpty();
    }
  }

  @Test
  void aConnectionThatFloodsResetsIsClosedAndOthersAreNot() throws Exception {
    start();
    try (ByteClient quiet = new ByteClient(gateway.port());
        ByteClient flooding = new ByteClient(gateway.port())) {
      Call bystander = hang(quiet);
      Call ofTheSame = hang(flooding);
      backend.requests.take();
      backend.requests.take();
      for (int i = 0; i < 2_000 && !ofTheSame.status.isDone(); i++) {
        Call call = hang(flooding);
        call.call.cancel("flood", null);
        Thread.sleep(1); // so that the call has been sent
      }

      // As the farewell says, or as the lost connection does, whichever the client reads first.
      assertThat(ofTheSame.status().getCode())
          .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.UNAVAILABLE);
      assertThat(bystander.status).isNotDone();
    }
  }

  @Test
  void aConnectionOfAgeTakesNoNewCallsAndEndsItsOwn() throws Exception {
    start("max-connection-age-seconds", "1");
    try (ByteClient client = new ByteClient(gateway.port())) {
      Call old =
          client.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, new Metadata(), 10);
      old.call.sendMessage(bytes("a"));
      old.next();
      Thread.sleep(2_000);

      assertThat(client.call(ECHO, bytes("new")).status().isOk()).isTrue();
      old.call.sendMessage(bytes("b"));
      assertThat(old.next()).isEqualTo(bytes("b"));
      old.call.halfClose();
      assertThat(old.status().isOk()).isTrue();
    }
  }

  private static Call open(ByteClient client) throws InterruptedException {
    Call call =
        client.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, new Metadata(), 10);
    call.call.sendMessage(bytes("open"));
    call.next();
    return call;
  }

  private static Call hang(ByteClient client) {
    Call call =
        client.start(HANG, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, new Metadata(), 1);
    call.call.sendMessage(bytes("x"));
    return call;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
