package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients cannot have more of. */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class ConnectionLimitsTest {
  private static final String ECHO = "acme.Anything/Echo";
  private static final String HANG = "acme.Anything/Hang";
  private static final HealthCheckRequest ALL = HealthCheckRequest.getDefaultInstance();

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
    List<ByteClient> most = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ByteClient client = new ByteClient(gateway.port());
      assertThat(client.call(ECHO, bytes("x")).status().isOk()).isTrue();
      most.add(client);
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

    for (ByteClient client : most) {
      assertThat(client.call(ECHO, bytes("still there")).status().isOk()).isTrue();
      client.close();
    }
    try (ByteClient client = new ByteClient(gateway.port())) {
      Patience.await("a call is taken", () -> client.call(ECHO, bytes("x")).status().isOk());
    }
  }

  @Test
  void connectionsWithoutACallMakeRoomForOthers() throws Exception {
    start("max-connections", "3");
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Socket socket = connect();
      assertThat(closed(socket)).isFalse(); // a server of HTTP/2 speaks first
      silent.add(socket);
    }
    try (ByteClient client = new ByteClient(gateway.port());
        ByteClient another = new ByteClient(gateway.port())) {
      assertThat(client.call(ECHO, bytes("x")).status().isOk()).isTrue();
      Call call = open(client);
      assertThat(another.call(ECHO, bytes("x")).status().isOk()).isTrue();

      assertThat(ends(silent.get(0))).isTrue();
      assertThat(ends(silent.get(1))).isTrue();
      call.call.sendMessage(bytes("of one who may call"));
      assertThat(call.next()).isEqualTo(bytes("of one who may call"));
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void connectionsThatHadToGoBeforeTheyHadBegunAreNotCountedForEver() throws Exception {
    start("max-connections", "3");
    List<Socket> storm = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      storm.add(connect());
    }
    for (Socket socket : storm) {
      socket.close();
    }
    for (int i = 0; i < 3; i++) {
      try (ByteClient client = new ByteClient(gateway.port())) {
        Patience.await("a call is taken", () -> client.call(ECHO, bytes("x")).status().isOk());
      }
    }
  }

  @Test
  void aStormOfConnectionsBelowTheLimitIsTakenWhole() throws Exception {
    start("connections-per-second", "300");
    List<Socket> storm = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        storm.add(connect());
      }
      for (Socket socket : storm) {
        assertThat(closed(socket)).isFalse(); // a server of HTTP/2 speaks first
      }
    } finally {
      for (Socket socket : storm) {
        socket.close();
      }
    }
  }

  @Test
  void whoHasATokenIsNotLockedOutByThoseWithoutOne(@TempDir Path folder) throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "of-ada\n");
    start("max-connections", "2", "token-file", tokens.toString());
    List<ByteClient> without = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ByteClient client = new ByteClient(gateway.port());
      assertThat(client.call(ECHO, bytes("x")).status().getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(HealthGrpc.newBlockingStub(client.channel()).check(ALL).getStatus())
          .isEqualTo(ServingStatus.SERVING);
      without.add(client);
    }
    Metadata token = ofAda();
    try (ByteClient ada = new ByteClient(gateway.port())) {
      Call call = ada.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, token, 10);
      call.call.sendMessage(bytes("x"));

      assertThat(call.next()).isEqualTo(bytes("x"));
      for (ByteClient client : without) {
        client.close();
      }
    }
  }

  @Test
  void whoFloodsWithoutATokenIsClosedAndWhoHasOneMaySendAsMuchAsItLikes(@TempDir Path folder)
      throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "of-ada\n");
    start("max-header-bytes", "8192", "token-file", tokens.toString());
    Metadata token = ofAda();
    try (ByteClient ada = new ByteClient(gateway.port());
        Socket flooding = connect()) {
      Call call = ada.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, token, 10);
      call.call.sendMessage(new byte[100_000]);
      assertThat(call.next()).hasSize(100_000);

      byte[] hello = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(UTF_8);
      flooding.getOutputStream().write(hello);
      byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
      assertThat(floods(flooding, settings, 2 * 8_192 / settings.length + 1)).isTrue();

      call.call.sendMessage(new byte[100_000]);
      assertThat(call.next()).hasSize(100_000);
    }
  }

  @Test
  void framesThatMoveNoCallAreCounted() throws Exception {
    start();
    for (byte[] frame :
        List.of(
            new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}, // settings
            new byte[] {0, 0, 5, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1}, // a priority
            new byte[] {0, 0, 0, 99, 0, 0, 0, 0, 0})) {
      try (Socket flooding = connect()) {
        flooding.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(UTF_8));
        flooding.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});

        assertThat(floods(flooding, frame, 101)).isTrue();
      }
    }
  }

  /** Whether the gateway ends a connection over which a frame comes again and again. */
  private static boolean floods(Socket socket, byte[] frame, int times) throws IOException {
    try {
      for (int i = 0; i < times; i++) {
        socket.getOutputStream().write(frame);
      }
    } catch (SocketException closed) {
      return true;
    }
    return ends(socket);
  }

  @Test
  void aConnectionWithoutACallEndsAfterAWhile() throws Exception {
    start("first-call-seconds", "4", "handshake-seconds", "600");
    try (Socket silent = connect();
        ByteClient client = new ByteClient(gateway.port());
        ByteClient prober = new ByteClient(gateway.port())) {
      Call call = open(client);
      CompletableFuture<Status> watch = watch(prober);

      assertThat(ends(silent)).isTrue();
      assertThat(watch.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).isOk()).isFalse();
      call.call.sendMessage(bytes("still there"));
      assertThat(call.next()).isEqualTo(bytes("still there"));
    }
  }

  @Test
  void connectionsThatAnAddressOpensTooFastAreClosed() throws Exception {
    start("connections-per-second", "5");
    try (ByteClient client = new ByteClient(gateway.port());
        CapturedLog log = new CapturedLog()) {
      Call call = open(client);
      int refused = 0;
      for (int i = 0; i < 40; i++) {
        try (Socket socket = connect()) {
          refused += closed(socket) ? 1 : 0;
        }
      }

      assertThat(refused).isPositive();
      log.await(now -> now.text().contains("than graft.gateway.connections-per-second allows"));
      call.call.sendMessage(bytes("still there"));
      assertThat(call.next()).isEqualTo(bytes("still there"));
      Patience.await(
          "another may connect a second later",
          () -> {
            try (ByteClient another = new ByteClient(gateway.port())) {
              return another.call(ECHO, bytes("x")).status().isOk();
            }
          });
    }
  }

  @Test
  void aConnectionEndsWhoseCallsAreNeverLetIn(@TempDir Path folder) throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "of-ada\n");
    start("token-file", tokens.toString());
    try (ByteClient stranger = new ByteClient(gateway.port());
        ByteClient client = new ByteClient(gateway.port())) {
      List<Status.Code> refusals = new ArrayList<>();
      for (int i = 0; i < 21; i++) {
        refusals.add(stranger.call(ECHO, bytes("x")).status().getCode());
      }

      assertThat(refusals.subList(0, 20)).containsOnly(Status.Code.UNAUTHENTICATED);
      // The latter where the end meets the client as it writes.
      assertThat(refusals.get(20)).isIn(Status.Code.UNAVAILABLE, Status.Code.UNKNOWN);
      for (int i = 0; i < 150; i++) {
        Call call = client.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, ofAda(), 1);
        call.call.halfClose();
        assertThat(call.status().isOk()).isTrue();
      }
    }
  }

  @Test
  void aFirstRequestThatIsCompressedMayBeLarge() throws Exception {
    start();
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    for (int i = 0; i < 10; i++) {
      try (ByteClient client = new ByteClient(gateway.port())) {
        Call call =
            client.start(
                "acme.Anything/Collect",
                MethodType.BIDI_STREAMING,
                CallOptions.DEFAULT.withCompression("gzip"),
                new Metadata(),
                10);
        call.call.sendMessage(noise);
        call.call.halfClose();
        assertThat(call.status()).matches(Status::isOk);
        assertThat(backend.requests.take()).isEqualTo(noise);
      }
    }
  }

  @Test
  void watchesOfTheHealthAreFewOnAConnection() throws Exception {
    start();
    try (ByteClient prober = new ByteClient(gateway.port());
        ByteClient another = new ByteClient(gateway.port())) {
      List<CompletableFuture<Status>> watches = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        watches.add(watch(prober));
      }
      for (CompletableFuture<Status> refused : watches.subList(4, 6)) {
        assertThat(refused.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).getCode())
            .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
      CompletableFuture<Status> ofAnother = watch(another);
      assertThat(another.call(ECHO, bytes("x")).status().isOk()).isTrue();
      assertThat(ofAnother).isNotDone();
      assertThat(watches.subList(0, 4)).noneMatch(CompletableFuture::isDone);
    }
  }

  private static Metadata ofAda() {
    Metadata token = new Metadata();
    token.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer of-ada");
    return token;
  }

  /** Watches the gateway's health; done when that has ended. */
  private static CompletableFuture<Status> watch(ByteClient client) {
    CompletableFuture<Status> ended = new CompletableFuture<>();
    HealthGrpc.newStub(client.channel())
        .watch(
            ALL,
            new StreamObserver<HealthCheckResponse>() {
              @Override
              public void onNext(HealthCheckResponse response) {}

              @Override
              public void onError(Throwable error) {
                ended.complete(Status.fromThrowable(error));
              }

              @Override
              public void onCompleted() {
                ended.complete(Status.OK);
              }
            });
    return ended;
  }

  /** Whether the gateway closes a connection, whatever it says before. */
  private static boolean ends(Socket socket) throws IOException {
    while (!closed(socket)) {
      // read on
    }
    return true;
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
