package dev.graft.gateway;

import static dev.graft.gateway.SessionClient.batch;
import static dev.graft.gateway.SessionClient.chunk;
import static dev.graft.gateway.SessionClient.chunks;
import static dev.graft.gateway.SessionClient.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsRequest.ArtifactChunk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that clients add to their sessions through a gateway, and the plugins in them. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class SessionsOnTheWayTest {
  @TempDir private Path folder;
  private ByteBackend backend;
  private Gateway gateway;
  private SessionClient client;

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
    client = new SessionClient(gateway.port());
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

  private byte[] jar(String table) throws IOException {
    return SessionClient.jar(folder, table);
  }

  private Status send(List<AddArtifactsRequest> requests) throws Exception {
    backend.requests.clear();
    Status status = client.upload(requests);
    assertThat(new ArrayList<>(backend.requests))
        .as("it passes as it came")
        .containsExactlyElementsOf(
            requests.stream().map(AddArtifactsRequest::toByteArray).toList());
    return status;
  }

  private void upload(List<AddArtifactsRequest> requests) throws Exception {
    assertThat(send(requests).isOk()).isTrue();
  }

  private void upload(String session, String name, byte[] jar) throws Exception {
    upload(List.of(batch(session, name, chunk(jar, 0, jar.length))));
  }

  /** Uploads what is refused. */
  private String refused(String session, String name, byte[] jar) throws Exception {
    return code(send(List.of(batch(session, name, chunk(jar, 0, jar.length)))));
  }

  private String answer(String session) throws Exception {
    return client.answer(session);
  }

  @Test
  void eachSessionHasItsOwn() throws Exception {
    upload("1", "jars/table-1.jar", jar("one"));
    upload(chunks("2", "jars/table-2.jar", jar("two")));

    assertThat(answer("1")).isEqualTo("one");
    assertThat(answer("2")).isEqualTo("two");
    assertThat(answer("3")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(client.answer("eve", "1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");

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
    Call call = client.beginUpload();
    byte[] jar = jar("one");
    call.call.sendMessage(batch("1", "jars/a.jar", chunk(jar, 0, jar.length)).toByteArray());
    call.next();
    assertThat(kept()).isNotEmpty();
    call.call.cancel("enough", null);

    Patience.await("nothing is left", () -> kept().isEmpty());
    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
  }

  @Test
  void aJarThatIsNotUsedIsRefusedAtOnceAndLeavesNothing() throws Exception {
    Path list = Files.createFile(folder.resolve("digests"));
    restart(Map.of("graft.sessions.plugins", "listed", "graft.sessions.list", list.toString()));

    Status refusal = client.upload("1", "jars/a.jar", jar("one"));
    assertThat(code(refusal)).isEqualTo("GRAFT_JAR_UNTRUSTED");
    assertThat(kept()).isEmpty();

    String digest =
        String.valueOf(refusal.getDescription()).replaceFirst("(?s).*([0-9a-f]{64}).*", "$1");
    Files.writeString(list, digest);
    upload("1", "jars/a.jar", jar("one"));
    assertThat(answer("1")).isEqualTo("one");
  }

  @Test
  void aRefusedJarLeavesTheOneBeforeItInItsPlace() throws Exception {
    restart(Map.of("graft.sessions.jars", "1"));
    upload("1", "jars/a.jar", jar("one"));

    assertThat(refused("1", "jars/b.jar", jar("two"))).isEqualTo("GRAFT_SESSIONS_FULL");
    assertThat(answer("1")).isEqualTo("one");
  }

  @Test
  void aJarThatIsTooLargeIsRefused() throws Exception {
    byte[] jar = jar("one");
    restart(Map.of("graft.sessions.jar-bytes", Integer.toString(jar.length - 1)));

    assertThat(refused("1", "jars/a.jar", jar)).isEqualTo("GRAFT_JAR_TOO_LARGE");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aSessionThatIsReleasedLeavesNothing() throws Exception {
    upload("1", "jars/a.jar", jar("one"));
    assertThat(answer("1")).isEqualTo("one");
    assertThat(kept()).hasSize(2);

    assertThat(client.release("1").isOk()).isTrue();
    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aCloneHasTheSame() throws Exception {
    upload("1", "jars/a.jar", jar("one"));
    assertThat(client.copy("1", "2").isOk()).isTrue();

    assertThat(answer("2")).isEqualTo("one");
    assertThat(client.release("1").isOk()).isTrue();
    assertThat(answer("2")).isEqualTo("one");
    assertThat(answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
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
    Call call = client.beginUpload();
    call.call.sendMessage(cut.get(0).toByteArray());
    call.next();

    assertThat(refused("1", "jars/a.jar", jar)).isEqualTo("GRAFT_SESSIONS_FULL");
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
