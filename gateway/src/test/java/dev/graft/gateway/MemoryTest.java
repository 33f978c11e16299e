package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.StringValue;
import com.google.protobuf.WireFormat;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.connect.proto.CompressionCodec;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.LocalRelation;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Plan.CompressedOperation.OpType;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that would have a gateway of 512 MB take more than it has, each message within its limit:
 * what is too much is refused, others are served meanwhile, and afterwards all of it is there
 * again.
 */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class MemoryTest {
  private static final String EXECUTE = "spark.connect.SparkConnectService/ExecutePlan";
  private static final String DEAF = "acme.Anything/Deaf";

  private static final PluginJar PLUGINS =
      PluginJar.of(
              """
              import org.apache.spark.connect.proto.Limit;
              public class Twice implements RelationPlugin<Limit> {
                @Override public Class<Limit> messageType() { return Limit.class; }
                @Override public Optional<Relation> transform(Limit message, PlanningContext context) {
                  Relation.Builder twice = Relation.newBuilder();
                  twice.getJoinBuilder().setLeft(message.getInput()).setRight(message.getInput());
                  return Optional.of(twice.build());
                }
              }
              """,
              """
              public class Table implements RelationPlugin<StringValue> {
                @Override public Class<StringValue> messageType() { return StringValue.class; }
                @Override public Optional<Relation> transform(StringValue name, PlanningContext context) {
                  return Optional.of(dev.graft.api.node.Nodes.table(name.getValue()).build());
                }
              }
              """)
          .manifest("Graft-Plugin-Id", "test");

  @TempDir static Path folder;
  private static ByteBackend backend;
  private static Process process;
  private static BufferedReader answers;
  private static int port;
  private static ByteClient client;

  private static Path log() {
    return folder.resolve("log");
  }

  @BeforeAll
  static void start() throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PLUGINS.writeTo(plugins.resolve("test.jar"));
    backend = new ByteBackend();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                LittleMemory.class.getName(),
                "sc://127.0.0.1:" + backend.port(),
                plugins.toString())
            .redirectError(log().toFile())
            .start();
    answers = process.inputReader();
    port = Integer.parseInt(answers.readLine());
    client = new ByteClient(port);
  }

  @AfterAll
  static void stop() {
    client.close();
    backend.close();
    process.destroyForcibly();
  }

  @AfterEach
  void allOfItIsThereAgain() throws Exception {
    Patience.await("nothing of the memory is taken", () -> taken() == 0);
    assertThat(log()).content().doesNotContain("OutOf", "Exception");
    assertThat(echo(client, new byte[8 << 20]).isOk()).isTrue();
  }

  private static long taken() throws IOException {
    process.outputWriter().append("taken\n").flush();
    return Long.parseLong(answers.readLine());
  }

  @Test
  void messagesThatGzipMakesLarge() throws Exception {
    byte[] bomb = gzip(128 << 20);
    assertThat(bomb.length).isLessThan(140_000);
    try (Neighbour neighbour = new Neighbour();
        ByteClient attacker = ByteClient.ofCompressed(port)) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        calls.add(compressed(attacker, DEAF, bomb));
      }

      for (Call call : calls) { // for its own size, or for that of all of them
        Status status = call.status();
        assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription())
            .startsWith("[GRAFT_MEMORY_EXHAUSTED] The gateway has no memory for this call")
            .endsWith("have the gateway given a larger heap (-Xmx).");
      }
      Call large = compressed(attacker, "acme.Anything/Collect", gzip(32 << 20));
      assertThat(large.status()).isEqualTo(Status.OK);
      neighbour.assertServed();
    }
  }

  @Test
  void plansThatZstdMakesLarge() throws Exception {
    byte[] bomb = plan(500 << 20).toByteArray();
    assertThat(bomb.length).isLessThan(70_000);
    try (Neighbour neighbour = new Neighbour();
        ByteClient attacker = new ByteClient(port)) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(attacker.call(EXECUTE, bomb));
      }

      for (Call call : calls) {
        assertRefused(call.status());
      }
      assertThat(attacker.call(EXECUTE, plan(8 << 20).toByteArray()).status()).isEqualTo(Status.OK);
      neighbour.assertServed();
    }
  }

  @Test
  void messagesThatTheBackendDoesNotRead() throws Exception {
    byte[] message = new byte[30 << 20];
    try (Neighbour neighbour = new Neighbour();
        ByteClient attacker = new ByteClient(port)) {
      List<Call> refused = new ArrayList<>();
      List<Call> waiting = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Call call = start(attacker, DEAF, CallOptions.DEFAULT, message);
        Patience.await(
            "it has been received or refused", () -> call.status.isDone() || call.call.isReady());
        Thread.sleep(20); // what was sent last may still be refused
        (call.status.isDone() ? refused : waiting).add(call);
      }
      waiting.stream().filter(call -> call.status.isDone()).forEach(refused::add);
      waiting.removeAll(refused);

      assertThat(waiting).hasSizeBetween(3, 8);
      for (Call call : refused) {
        assertRefused(call.status());
      }
      neighbour.assertServed();
      assertThat(taken()).isBetween(90_000_000L, 256_000_000L);
      waiting.get(0).call.cancel("enough", null);
      Patience.await(
          "another has its place",
          () -> {
            Call next = start(attacker, DEAF, CallOptions.DEFAULT, message);
            Patience.await("it is received", () -> next.status.isDone() || next.call.isReady());
            Thread.sleep(20);
            return !next.status.isDone();
          });
    }
  }

  @Test
  void messagesThatDoNotEnd() throws Exception {
    UnendingMessage message = new UnendingMessage(100 << 20);
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(message, message)
            .setFullMethodName(DEAF)
            .setType(MethodType.BIDI_STREAMING)
            .build();
    byte[] beginning = new byte[40 << 20];
    List<Call> calls = new ArrayList<>();
    List<Thread> senders = new ArrayList<>();
    try (Neighbour neighbour = new Neighbour();
        ByteClient attacker = new ByteClient(port)) {
      assertThat(echo(attacker, new byte[1]).isOk()).isTrue(); // it is connected
      while (calls.stream().noneMatch(call -> call.status.isDone())) {
        assertThat(calls).hasSizeLessThan(10);
        Call call = new Call(attacker.channel().newCall(method, CallOptions.DEFAULT));
        calls.add(call);
        call.call.start(call, new Metadata());
        long before = taken();
        Thread sender = new Thread(() -> send(call, beginning));
        senders.add(sender);
        sender.start();
        Patience.await(
            "it is received as far as it goes, or refused",
            () ->
                echo(attacker, new byte[1]).isOk()
                    && (call.status.isDone() || taken() - before >= beginning.length));
      }

      assertThat(calls).hasSizeGreaterThan(3);
      assertRefused(calls.get(calls.size() - 1).status());
      neighbour.assertServed();
    } finally {
      message.giveUp();
      for (Thread sender : senders) {
        sender.join();
      }
    }
  }

  private static void send(Call call, byte[] beginning) {
    try {
      call.call.sendMessage(beginning);
    } catch (RuntimeException e) {
      // It has been given up.
    }
  }

  @Test
  void answersThatDoubleTheirInput() throws Exception {
    Relation grown = Relation.parseFrom(relation(10 << 20).readAllBytes());
    for (int i = 0; i < 6; i++) {
      grown =
          Relation.newBuilder()
              .setExtension(Any.pack(Limit.newBuilder().setInput(grown).build()))
              .build();
    }
    byte[] request = request(Plan.newBuilder().setRoot(grown).build()).toByteArray();
    try (Neighbour neighbour = new Neighbour();
        ByteClient attacker = new ByteClient(port)) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(attacker.call(EXECUTE, request));
      }

      for (Call call : calls) {
        assertRefused(call.status());
      }
      neighbour.assertServed();
    }
  }

  @Test
  void answersThatNobodyReads() throws Exception {
    try (Neighbour neighbour = new Neighbour();
        ByteClient attacker = new ByteClient(port)) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Call call =
            attacker.start(
                "acme.Anything/Large",
                MethodType.BIDI_STREAMING,
                CallOptions.DEFAULT,
                new Metadata(),
                0);
        call.call.sendMessage(new byte[1]);
        call.call.halfClose();
        calls.add(call);
      }

      Patience.await("one is refused", () -> calls.stream().anyMatch(call -> call.status.isDone()));
      for (Call call : calls) {
        if (call.status.isDone()) {
          assertRefused(call.status());
        }
      }
      assertThat(calls).anyMatch(call -> !call.status.isDone());
      neighbour.assertServed();
    }
  }

  @Test
  void streamsThatNobodyReads() throws Exception {
    try (Neighbour neighbour = new Neighbour();
        ByteClient patient = new ByteClient(port);
        ByteClient attacker = new ByteClient(port)) {
      Call first = flooded(patient);
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        calls.add(flooded(attacker));
      }

      long most = (512L << 20) / 8;
      Patience.await(
          "all has been sent that may be",
          () -> {
            int before = backend.flooded.get();
            Thread.sleep(500);
            return before == backend.flooded.get();
          });
      assertThat(taken()).isBetween(most / 2, 2 * most);
      first.next();
      first.call.request(50);
      for (int i = 0; i < 50; i++) {
        assertThat(first.next()).hasSize(ByteBackend.FLOOD_MESSAGE);
      }
      for (Call call : calls) {
        call.call.request(100);
      }
      Patience.await("many are ended", () -> ended(calls).size() > 100);
      ended(calls).stream()
          .filter(call -> !call.status.join().isOk()) // the backend ends one after 10,000 messages
          .forEach(MemoryTest::assertEndedForStandingUnread);
      neighbour.assertServed();
    }
  }

  /** A stream of which one message is read, and then no more. */
  private static Call flooded(ByteClient from) {
    Call call =
        from.start(
            "acme.Anything/Flood",
            MethodType.BIDI_STREAMING,
            CallOptions.DEFAULT,
            new Metadata(),
            1);
    call.call.sendMessage(new byte[1]);
    call.call.halfClose();
    return call;
  }

  @Test
  void requestsThatTheBackendLeavesInTheWindows() throws Exception {
    byte[] message = new byte[60 << 10]; // small ones, of which the budget keeps no more than that
    try (Neighbour neighbour = new Neighbour();
        ByteClient attacker = new ByteClient(port)) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Call call = start(attacker, DEAF, CallOptions.DEFAULT, message);
        calls.add(call);
        for (int j = 0; j < 40; j++) { // more than both windows
          call.call.sendMessage(message);
        }
      }

      Patience.await("some are ended", () -> !ended(calls).isEmpty());
      ended(calls).forEach(MemoryTest::assertEndedForStandingUnread);
      neighbour.assertServed();
    }
  }

  private static List<Call> ended(List<Call> calls) {
    return calls.stream().filter(call -> call.status.isDone()).toList();
  }

  private static void assertEndedForStandingUnread(Call call) {
    assertThat(call.status.join().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(call.status.join().getDescription())
        .startsWith("[GRAFT_MEMORY_EXHAUSTED] The gateway has ended this call: more was sent");
  }

  private static void assertRefused(Status status) {
    assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(status.getDescription())
        .startsWith(
            "[GRAFT_MEMORY_EXHAUSTED] The gateway has no memory for this call beside the others")
        .contains("may take 268,435,456 bytes, which is half of its heap")
        .endsWith("have the gateway given a larger heap (-Xmx).");
  }

  private static Call compressed(ByteClient from, String method, byte[] message) {
    Call call = start(from, method, CallOptions.DEFAULT.withCompression("gzip"), message);
    call.call.halfClose();
    return call;
  }

  private static Call start(ByteClient from, String method, CallOptions options, byte[] message) {
    Call call = from.start(method, MethodType.BIDI_STREAMING, options, new Metadata(), 10);
    call.call.sendMessage(message);
    return call;
  }

  private static Status echo(ByteClient from, byte[] message) throws Exception {
    Call call = from.call("acme.Anything/Collect", message);
    return call.status();
  }

  private static byte[] gzip(int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      zeros(size).transferTo(out);
    }
    return bytes.toByteArray();
  }

  private static ExecutePlanRequest plan(int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(bytes)) {
      relation(size).transferTo(out);
    }
    return request(
        Plan.newBuilder()
            .setCompressedOperation(
                Plan.CompressedOperation.newBuilder()
                    .setOpType(OpType.OP_TYPE_RELATION)
                    .setCompressionCodec(CompressionCodec.COMPRESSION_CODEC_ZSTD)
                    .setData(ByteString.copyFrom(bytes.toByteArray())))
            .build());
  }

  private static InputStream zeros(int size) {
    return new InputStream() {
      private int left = size;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] target, int from, int most) {
        int length = Math.min(most, left);
        Arrays.fill(target, from, from + length, (byte) 0);
        left -= length;
        return length == 0 ? -1 : length;
      }
    };
  }

  /** A local relation with so many bytes of data, none of which is in memory. */
  private static InputStream relation(int size) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(data);
    out.writeTag(LocalRelation.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(size);
    out.flush();
    ByteArrayOutputStream relation = new ByteArrayOutputStream();
    out = CodedOutputStream.newInstance(relation);
    out.writeTag(Relation.LOCAL_RELATION_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(data.size() + size);
    out.flush();
    data.writeTo(relation);
    return new SequenceInputStream(new ByteArrayInputStream(relation.toByteArray()), zeros(size));
  }

  private static ExecutePlanRequest request(Plan plan) {
    return ExecutePlanRequest.newBuilder().setSessionId("s").setPlan(plan).build();
  }

  /** A client that does nothing unusual, over a connection of its own, until it is closed. */
  private static final class Neighbour implements AutoCloseable {
    private final ByteClient own = new ByteClient(port);
    private final List<Status> statuses = new ArrayList<>();
    private final Thread thread = new Thread(this::call);
    private volatile boolean stopped;

    Neighbour() {
      thread.start();
    }

    private void call() {
      byte[] plan =
          request(
                  Plan.newBuilder()
                      .setRoot(
                          Relation.newBuilder().setExtension(Any.pack(StringValue.of("cities"))))
                      .build())
              .toByteArray();
      try {
        while (!stopped) {
          statuses.add(echo(own, new byte[100 << 10]));
          backend.requests.clear();
          statuses.add(own.call(EXECUTE, plan).status());
          Thread.sleep(10);
        }
      } catch (Exception e) {
        statuses.add(Status.UNKNOWN.withCause(e));
      }
    }

    void assertServed() throws InterruptedException {
      stopped = true;
      thread.join();
      assertThat(statuses).isNotEmpty().allMatch(Status::isOk);
    }

    @Override
    public void close() {
      stopped = true;
      own.close();
    }
  }
}
