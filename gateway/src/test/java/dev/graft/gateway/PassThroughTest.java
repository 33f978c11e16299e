package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not the gateway's passes it as it is. */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class PassThroughTest {
  private static final String ECHO = "acme.Anything/Echo";
  private static final GatewaySettings SETTINGS =
      new GatewaySettings("127.0.0.1", 0, 64 << 20, Duration.ofSeconds(5), 2);

  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  @BeforeEach
  void start() throws Exception {
    backend = new ByteBackend();
    start("");
  }

  private void start(String parameters) {
    gateway =
        Gateway.start(
            SETTINGS,
            Map.of(),
            BackendAddress.parse("sc://127.0.0.1:" + backend.port() + "/;" + parameters));
    client = new ByteClient(gateway.port());
  }

  @AfterEach
  void stop() {
    client.close();
    backend.close();
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = MethodType.class,
      names = {"UNARY", "SERVER_STREAMING", "CLIENT_STREAMING", "BIDI_STREAMING"})
  void callsOfAllShapesPass(MethodType type) throws Exception {
    boolean one = type == MethodType.UNARY || type == MethodType.SERVER_STREAMING;
    List<byte[]> sent = one ? List.of(bytes("a")) : List.of(bytes("a"), bytes(""), bytes("c"));

    Call call = client.call(type.serverSendsOneMessage() ? "acme.Any/Collect" : ECHO, type, sent);

    assertThat(call.status().getCode()).isEqualTo(Status.Code.OK);
    assertThat(backend.requests).containsExactlyElementsOf(sent);
    if (type.serverSendsOneMessage()) {
      assertThat(call.next()).containsExactly(sent.size());
    } else {
      assertThat(call.responses).containsExactlyElementsOf(sent);
    }
  }

  @Test
  void bothDirectionsFlowAtTheSameTime() throws Exception {
    Call call =
        client.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, new Metadata(), 1_000);
    for (int turn = 0; turn < 100; turn++) {
      byte[] message = bytes("turn " + turn);
      call.call.sendMessage(message);
      assertThat(call.next()).isEqualTo(message);
    }
    call.call.halfClose();
    assertThat(call.status().isOk()).isTrue();
  }

  @Test
  void aMethodThatNobodyKnowsReachesTheBackendUnderItsName() throws Exception {
    client.call("spark.connect.SparkConnectService/OfTomorrow", bytes("x")).status();

    assertThat(backend.methods).containsExactly("spark.connect.SparkConnectService/OfTomorrow");
  }

  @Test
  void headersAndTrailersPassInBothDirections() throws Exception {
    Metadata headers = new Metadata();
    headers.put(ByteBackend.SEEN, "by client");
    Metadata.Key<byte[]> binary = Metadata.Key.of("odd-bin", Metadata.BINARY_BYTE_MARSHALLER);
    headers.put(binary, new byte[] {0, -1, 10});
    headers.put(key("authorization"), "Bearer of-the-client");
    Call call = client.start(ECHO, MethodType.UNARY, CallOptions.DEFAULT, headers, 2);
    call.call.sendMessage(bytes("x"));
    call.call.halfClose();

    assertThat(call.status().isOk()).isTrue();
    assertThat(Optional.ofNullable(call.headers).orElseThrow().get(ByteBackend.SEEN))
        .isEqualTo("header");
    assertThat(call.trailers.get(ByteBackend.SEEN)).isEqualTo("trailer");
    Metadata received = backend.headers.take();
    assertThat(received.get(ByteBackend.SEEN)).isEqualTo("by client");
    assertThat(received.get(binary)).containsExactly(0, -1, 10);
    assertThat(received.get(key("authorization"))).isEqualTo("Bearer of-the-client");
  }

  @Test
  void theBackendsTokenTakesThePlaceOfTheClients() throws Exception {
    client.close();
    gateway.close();
    start("use_ssl=false;token=of-the-gateway;x-place=here");
    Metadata headers = new Metadata();
    headers.put(key("authorization"), "Bearer of-the-client");
    Call call = client.start(ECHO, MethodType.UNARY, CallOptions.DEFAULT, headers, 2);
    call.call.sendMessage(bytes("x"));
    call.call.halfClose();
    call.status();

    Metadata received = backend.headers.take();
    assertThat(received.getAll(key("authorization"))).containsExactly("Bearer of-the-gateway");
    assertThat(received.get(key("x-place"))).isEqualTo("here");
  }

  @Test
  void aMessageThatDecompressesToMoreThanTheLimitIsRefusedAsOneThatIsLarger() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      byte[] piece = new byte[1 << 20];
      for (int i = 0; i <= SETTINGS.maxMessageBytes(); i += piece.length) {
        out.write(piece);
      }
    }
    try (ByteClient compressed = ByteClient.ofCompressed(gateway.port())) {
      Call call =
          compressed.start(
              ECHO,
              MethodType.UNARY,
              CallOptions.DEFAULT.withCompression("gzip"),
              new Metadata(),
              2);
      call.call.sendMessage(bomb.toByteArray());
      call.call.halfClose();

      assertThat(call.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }
    assertThat(backend.requests).isEmpty();
  }

  @Test
  void statusAndItsDetailsStayAsTheyAre() throws Exception {
    Call call = client.call("acme.Anything/Fail", bytes("x"));

    assertThat(call.status().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(call.status().getDescription()).isEqualTo("größer, and \n odd");
    assertThat(call.trailers.get(ByteBackend.DETAILS)).isEqualTo(ByteBackend.SOME_DETAILS);
    assertThat(call.trailers.get(ByteBackend.SEEN)).isEqualTo("trailer");
  }

  @Test
  void aCancelledCallIsCancelledAtTheBackend() throws Exception {
    Call call = hang(CallOptions.DEFAULT);
    backend.requests.take();

    call.call.cancel("enough", null);

    assertThat(backend.cancelled.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aBackendThatGoesAwayEndsTheCall() throws Exception {
    Call call = hang(CallOptions.DEFAULT);
    backend.requests.take();

    backend.close();

    // A server that is shut down resets its streams, which is what a client without a gateway sees.
    assertThat(call.status().getCode()).isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);
  }

  @Test
  void theDeadlineTravels() throws Exception {
    assertThat(client.call(ECHO, bytes("connects")).status().isOk()).isTrue();
    Call call = hang(CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.SECONDS));

    assertThat(call.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(backend.cancelled.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(Optional.ofNullable(backend.deadline)).isPresent();
  }

  private Call hang(CallOptions options) {
    Call call =
        client.start("acme.Anything/Hang", MethodType.BIDI_STREAMING, options, new Metadata(), 1);
    call.call.sendMessage(bytes("x"));
    return call;
  }

  @Test
  void whereABackendIsThatCannotBeReachedIsForTheLogAlone() throws Exception {
    String place = "127.0.0.1:" + backend.port();
    backend.close();

    try (CapturedLog log = new CapturedLog()) {
      Call call = client.call(ECHO, bytes("x"));

      assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(call.status().getDescription())
          .startsWith("The gateway cannot reach the server behind it.")
          .doesNotContain(place);
      log.await(now -> now.text().contains("The gateway cannot reach sc://" + place));
    }
  }

  @Test
  void largeMessagesPassUnchanged() throws Exception {
    byte[] large = new byte[20 << 20];
    new Random(1).nextBytes(large);

    Call call = client.call(ECHO, large);

    assertThat(call.status().isOk()).isTrue();
    assertThat(call.next()).isEqualTo(large);
  }

  @Test
  void planRequestsWithoutExtensionsPassUnchanged() throws Exception {
    Random random = new Random(2);
    for (int length = 0; length < 200; length++) {
      byte[] request = new byte[length];
      random.nextBytes(request);
      for (int i = 0; i < length; i++) {
        request[i] &= 0x7F; // no tag of two bytes, so nothing that looks like an extension
      }

      Call call = client.call("spark.connect.SparkConnectService/AnalyzePlan", request);

      assertThat(call.status().isOk()).isTrue();
      assertThat(call.next()).isEqualTo(request);
    }
  }

  @Test
  void aClientThatReadsSlowlySlowsTheBackendDown() throws Exception {
    Call call =
        client.start(
            "acme.Anything/Flood",
            MethodType.SERVER_STREAMING,
            CallOptions.DEFAULT,
            new Metadata(),
            1);
    call.call.sendMessage(bytes("x"));
    call.call.halfClose();
    call.next();

    int before;
    do { // until nothing moves any more
      before = backend.flooded.get();
      TimeUnit.MILLISECONDS.sleep(500);
    } while (backend.flooded.get() != before);

    // Of 640 MB. Two windows of at most 8 MiB, and what lies in sockets and framers.
    assertThat((long) before * ByteBackend.FLOOD_MESSAGE).isLessThan(40L << 20);
    call.call.request(100);
    for (int i = 0; i < 100; i++) {
      assertThat(call.next()).hasSize(ByteBackend.FLOOD_MESSAGE);
    }
    call.call.cancel("enough", null);
    assertThat(backend.cancelled.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void callsUnderWayMayEndAfterTheGatewayIsToldToStop() throws Exception {
    Call call =
        client.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, new Metadata(), 10);
    call.call.sendMessage(bytes("before"));
    call.next();
    Thread stopping = new Thread(gateway::close);
    stopping.start();
    TimeUnit.MILLISECONDS.sleep(300);

    call.call.sendMessage(bytes("after"));
    assertThat(call.next()).isEqualTo(bytes("after"));
    call.call.halfClose();
    assertThat(call.status().isOk()).isTrue();
    stopping.join(Patience.LIMIT.toMillis());
    assertThat(stopping.isAlive()).isFalse();
  }

  @Test
  void healthIsTheGatewaysOwn() throws Exception {
    Call call = client.call("grpc.health.v1.Health/Check", bytes(""));

    assertThat(HealthCheckResponse.parseFrom(call.next()).getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    assertThat(backend.methods).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
