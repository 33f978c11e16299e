package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.StringValue;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsRequest.ArtifactChunk;
import org.apache.spark.connect.proto.CloneSessionRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.UserContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that clients add to their sessions through a gateway, and the plugins in them. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class SessionsOnTheWayTest {
  private static final String SERVICE = "spark.connect.SparkConnectService/";
  private static final int CHUNK = 1_000;

  @TempDir private Path folder;
  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  @BeforeEach
  void start() throws IOException {
    backend = new ByteBackend();
    start(Map.of());
  }

  private void start(Map<String, String> more) {
    Map<String, String> entries = new HashMap<>(more);
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "0");
    entries.putIfAbsent("graft.sessions.plugins", "any");
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
    client = new ByteClient(gateway.port());
  }

  private void restart(Map<String, String> entries) {
    client.close();
    gateway.close();
    start(entries);
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
    backend.close();
  }

  /** A jar whose plugin answers with a table of this name. */
  private byte[] jar(String table) throws IOException {
    return Files.readAllBytes(
        PluginJar.of(
                """
                public class Table implements RelationPlugin<StringValue> {
                  @Override public Class<StringValue> messageType() { return StringValue.class; }
                  @Override public Optional<Relation> transform(StringValue message, PlanningContext context) {
                    return Optional.of(dev.graft.api.node.Nodes.table("NAME").build());
                  }
                }
                """
                    .replace("NAME", table))
            .service("dev.graft.api.RelationPlugin", "acme.Table")
            .writeTo(folder.resolve(table + ".jar")));
  }

  private static UserContext user(String name) {
    return UserContext.newBuilder().setUserId(name).build();
  }

  private static ArtifactChunk chunk(byte[] data, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(data, from, to - from);
    return ArtifactChunk.newBuilder()
        .setData(ByteString.copyFrom(data, from, to - from))
        .setCrc(crc.getValue())
        .build();
  }

  private static AddArtifactsRequest.Builder request(String session) {
    return AddArtifactsRequest.newBuilder().setSessionId(session).setUserContext(user("ada"));
  }

  private static AddArtifactsRequest batch(String session, String name, ArtifactChunk data) {
    AddArtifactsRequest.Builder request = request(session);
    request.getBatchBuilder().addArtifactsBuilder().setName(name).setData(data);
    return request.build();
  }

  private static List<AddArtifactsRequest> chunks(String session, String name, byte[] jar) {
    List<AddArtifactsRequest> requests = new ArrayList<>();
    for (int from = 0; from < jar.length; from += CHUNK) {
      ArtifactChunk chunk = chunk(jar, from, Math.min(jar.length, from + CHUNK));
      AddArtifactsRequest.Builder request = request(session);
      if (from == 0) {
        request
            .getBeginChunkBuilder()
            .setName(name)
            .setTotalBytes(jar.length)
            .setNumChunks((jar.length + CHUNK - 1) / CHUNK)
            .setInitialChunk(chunk);
      } else {
        request.setChunk(chunk);
      }
      requests.add(request.build());
    }
    return requests;
  }

  private void upload(List<AddArtifactsRequest> requests) throws Exception {
    backend.requests.clear();
    List<byte[]> sent = requests.stream().map(AddArtifactsRequest::toByteArray).toList();
    Call call = client.call(SERVICE + "AddArtifacts", MethodType.BIDI_STREAMING, sent);
    assertThat(call.status().isOk()).isTrue();
    assertThat(new ArrayList<>(backend.requests))
        .as("it passes as it came")
        .containsExactlyElementsOf(sent);
  }

  private void upload(String session, String name, byte[] jar) throws Exception {
    upload(List.of(batch(session, name, chunk(jar, 0, jar.length))));
  }

  private Call beginUpload() {
    return client.start(
        SERVICE + "AddArtifacts",
        MethodType.BIDI_STREAMING,
        CallOptions.DEFAULT,
        new Metadata(),
        10);
  }

  /** The table that the extension becomes in a session, or the code of the refusal. */
  private String answer(String user, String session) throws Exception {
    backend.requests.clear();
    Call call =
        client.call(
            SERVICE + "ExecutePlan",
            ExecutePlanRequest.newBuilder()
                .setSessionId(session)
                .setUserContext(user(user))
                .setPlan(
                    Plan.newBuilder()
                        .setRoot(Relation.newBuilder().setExtension(Any.pack(StringValue.of("x")))))
                .build()
                .toByteArray());
    if (!call.status().isOk()) {
      return String.valueOf(call.status().getDescription()).replaceFirst("\\[([A-Z_]+)].*", "$1");
    }
    ExecutePlanRequest lowered = ExecutePlanRequest.parseFrom(backend.requests.remove());
    return lowered.getPlan().getRoot().getRead().getNamedTable().getUnparsedIdentifier();
  }

  private String answer(String session) throws Exception {
    return answer("ada", session);
  }

  @Test
  void eachSessionHasItsOwn() throws Exception {
    upload("1", "jars/table-1.jar", jar("one"));
    upload(chunks("2", "jars/table-2.jar", jar("two")));

    assertThat(answer("1")).isEqualTo("one");
    assertThat(answer("2")).isEqualTo("two");
    assertThat(answer("3")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(answer("eve", "1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");

    upload("1", "jars/table-3.jar", jar("three"));
    assertThat(answer("1")).isEqualTo("three");
  }

  @Test
  void whatIsWrongIsLeftToTheBackendAndLeavesNothing() throws Exception {
    byte[] jar = jar("one");
    ArtifactChunk good = chunk(jar, 0, jar.length);
    upload(List.of(batch("1", "jars/a.jar", good.toBuilder().setCrc(1).build())));
    upload(List.of(batch("1", "jars/../../b.jar", good)));
    upload(List.of(batch("1", "files/c.jar", good)));
    List<AddArtifactsRequest> cut = chunks("1", "jars/d.jar", jar);
    upload(cut.subList(0, cut.size() - 1));
    upload(List.of(batch("1", "jars/e.jar", chunk(new byte[] {1, 2, 3}, 0, 3))));
    List<AddArtifactsRequest> wrongSize = new ArrayList<>(chunks("1", "jars/f.jar", jar));
    wrongSize.set(
        0,
        wrongSize.get(0).toBuilder()
            .setBeginChunk(wrongSize.get(0).getBeginChunk().toBuilder().setTotalBytes(7))
            .build());
    upload(wrongSize);

    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(kept()).isEmpty();
  }

  @Test
  void anUploadThatIsCancelledLeavesNothing() throws Exception {
    Call call = beginUpload();
    byte[] jar = jar("one");
    call.call.sendMessage(batch("1", "jars/a.jar", chunk(jar, 0, jar.length)).toByteArray());
    call.next();
    assertThat(kept()).isNotEmpty();
    call.call.cancel("enough", null);

    Patience.await("nothing is left", () -> kept().isEmpty());
    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
  }

  @Test
  void aSessionThatIsReleasedLeavesNothing() throws Exception {
    upload("1", "jars/a.jar", jar("one"));
    assertThat(answer("1")).isEqualTo("one");
    assertThat(kept()).hasSize(2);

    byte[] release =
        ReleaseSessionRequest.newBuilder()
            .setSessionId("1")
            .setUserContext(user("ada"))
            .build()
            .toByteArray();
    assertThat(client.call(SERVICE + "ReleaseSession", release).status().isOk()).isTrue();
    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aCloneHasTheSame() throws Exception {
    upload("1", "jars/a.jar", jar("one"));
    // The backend sends the request back; in a response its third field is the new session.
    byte[] clone =
        CloneSessionRequest.newBuilder()
            .setSessionId("1")
            .setUserContext(user("ada"))
            .setClientType("2")
            .build()
            .toByteArray();
    assertThat(client.call(SERVICE + "CloneSession", clone).status().isOk()).isTrue();

    assertThat(answer("2")).isEqualTo("one");
    assertThat(answer("1")).isEqualTo("one");
  }

  @Test
  void aSessionOfWhichNothingIsHeardEnds() throws Exception {
    restart(Map.of("graft.sessions.idle-seconds", "1"));
    upload("1", "jars/a.jar", jar("one"));
    assertThat(answer("1")).isEqualTo("one");

    Patience.await("nothing is left", () -> kept().isEmpty());
    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
  }

  @Test
  void whatIsOnItsWayCountsToo() throws Exception {
    byte[] jar = jar("one");
    restart(Map.of("graft.sessions.all-bytes", Integer.toString(jar.length + 100)));
    List<AddArtifactsRequest> cut = chunks("2", "jars/a.jar", jar);
    Call call = beginUpload();
    call.call.sendMessage(cut.get(0).toByteArray());
    call.next();

    upload("1", "jars/a.jar", jar);
    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    call.call.cancel("enough", null);
    Patience.await("nothing is left", () -> kept().isEmpty());
    upload("1", "jars/b.jar", jar);
    assertThat(answer("1")).isEqualTo("one");
  }

  @Test
  void byDefaultNothingIsKept() throws Exception {
    restart(Map.of("graft.sessions.plugins", "off"));
    upload("1", "jars/a.jar", jar("one"));

    assertThat(kept()).isEmpty();
    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
  }

  /** The files of sessions that this gateway keeps. */
  private List<Path> kept() throws IOException {
    List<Path> kept = new ArrayList<>();
    for (Path own : gateway.sessions().folders()) {
      try (Stream<Path> files = Files.walk(own)) {
        files.filter(Files::isRegularFile).forEach(kept::add);
      }
    }
    return kept;
  }
}
