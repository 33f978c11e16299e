package dev.graft.gateway;

import static dev.graft.gateway.SessionClient.batch;
import static dev.graft.gateway.SessionClient.chunk;
import static dev.graft.gateway.SessionClient.chunks;
import static dev.graft.gateway.SessionClient.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsRequest.ArtifactChunk;
import org.apache.spark.connect.proto.AddArtifactsResponse;
import org.apache.spark.connect.proto.AddArtifactsResponse.ArtifactSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    Patience.await("it is written", () -> !kept().isEmpty());
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
  void aJarWhoseServicesFilesNameNothingIsNoFailure() throws Exception {
    upload("1", "jars/a.jar", jar("one"));
    Path empty =
        PluginJar.of("public class Nothing {}")
            .file("META-INF/services/dev.graft.api.RelationPlugin", new byte[0])
            .writeTo(folder.resolve("empty.jar"));

    upload("1", "jars/empty.jar", Files.readAllBytes(empty));
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
  void aCloneNeedsTheOtherNoMore() throws Exception {
    upload("1", "jars/a.jar", jar("one"));
    assertThat(client.copy("1", "2").isOk()).isTrue();
    assertThat(client.release("1").isOk()).isTrue();

    assertThat(answer("2")).isEqualTo("one");
    assertThat(client.release("2").isOk()).isTrue();
    assertThat(kept()).isEmpty();
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
    Patience.await("it is on its way", () -> !backend.requests.isEmpty());
    assertThat(kept()).isNotEmpty();

    assertThat(refused("1", "jars/a.jar", jar)).isEqualTo("GRAFT_SESSIONS_FULL");
    call.call.cancel("enough", null);
    Patience.await("nothing is left", () -> kept().isEmpty());
    upload("1", "jars/b.jar", jar);
    assertThat(answer("1")).isEqualTo("one");
  }

  @Test
  void whereTheBackendTakesNoJarsItGetsEverythingElse() throws Exception {
    restart(Map.of("graft.gateway.session-jars", "keep"));
    byte[] jar = jar("one");
    AddArtifactsRequest.Builder both =
        batch("1", "jars/a-1.jar", chunk(jar, 0, jar.length)).toBuilder();
    both.getBatchBuilder()
        .addArtifactsBuilder()
        .setName("files/b.txt")
        .setData(chunk(new byte[] {1}, 0, 1));
    List<AddArtifactsRequest> sent = new ArrayList<>(List.of(both.build()));
    sent.addAll(chunks("1", "jars/a-2.jar", jar("two")));
    sent.addAll(chunks("1", "files/c.txt", new byte[2_000]));
    backend.requests.clear();

    assertThat(client.upload(sent).isOk()).isTrue();

    List<AddArtifactsRequest> passed = new ArrayList<>();
    for (byte[] request : backend.requests) {
      passed.add(AddArtifactsRequest.parseFrom(request));
    }
    assertThat(passed).hasSize(4).allMatch(request -> request.getSessionId().equals("1"));
    assertThat(passed.get(0).getBatch().getArtifactsList())
        .extracting(AddArtifactsRequest.SingleChunkArtifact::getName)
        .containsExactly("files/b.txt");
    assertThat(passed.get(1).getBatch().getArtifactsCount()).isZero();
    assertThat(passed.subList(2, 4)).isEqualTo(sent.subList(sent.size() - 2, sent.size()));
    assertThat(answer("1")).isEqualTo("two");
    Patience.await("what was counted is given back", () -> gateway.memory().taken() == 0);
  }

  @Test
  void whereTheBackendTakesNoJarsTheClientIsToldOfThemAllTheSame() throws Exception {
    restart(Map.of("graft.gateway.session-jars", "keep"));
    byte[] jar = jar("one");
    AddArtifactsRequest.Builder two =
        batch("1", "jars/a.jar", chunk(jar, 0, jar.length)).toBuilder();
    two.getBatchBuilder()
        .addArtifactsBuilder()
        .setName("jars/b.jar")
        .setData(chunk(jar, 0, jar.length).toBuilder().setCrc(1));

    Call call = client.beginUpload();
    call.call.sendMessage(two.build().toByteArray());
    call.call.halfClose();
    AddArtifactsResponse response = AddArtifactsResponse.parseFrom(call.next());

    assertThat(call.status().isOk()).isTrue();
    assertThat(response.getArtifactsList())
        .extracting(ArtifactSummary::getName, ArtifactSummary::getIsCrcSuccessful)
        .containsExactly(tuple("jars/a.jar", true), tuple("jars/b.jar", false));
    byte[] none = {1, 2, 3};
    assertThat(code(client.upload("1", "jars/none.jar", none))).isEqualTo("GRAFT_JAR_NOT_TAKEN");
  }

  @Test
  void ofAHundredAtOnceThoseAreTakenForWhichThereIsRoom() throws Exception {
    restart(Map.of("graft.sessions.all-jars", "20"));
    byte[] jar = jar("one");
    List<CompletableFuture<String>> uploads = new ArrayList<>();
    for (int session = 0; session < 100; session++) {
      String name = "s" + session;
      uploads.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Status status = client.upload(name, "jars/a.jar", jar);
                  return status.isOk() ? name : code(status);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    List<String> taken = new ArrayList<>();
    for (CompletableFuture<String> upload : uploads) {
      String outcome = upload.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!outcome.equals("GRAFT_SESSIONS_FULL")) {
        taken.add(outcome);
      }
    }

    assertThat(taken).hasSizeBetween(1, 20);
    for (String session : taken) {
      assertThat(answer(session)).isEqualTo("one");
    }
    assertThat(kept()).as("one for all, and a copy for each").hasSize(1 + taken.size());
    for (String session : taken) {
      client.release(session);
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit")
  void whatCannotBeWrittenIsRefusedAndLeavesNothing() throws Exception {
    byte[] noise = new byte[3 << 20];
    new Random(1).nextBytes(noise);
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    try (GatewayProcess limited =
            GatewayProcess.start(
                List.of("bash", "-c", "ulimit -f 2048; exec \"$@\"", "bash"),
                backend,
                Map.of("graft.sessions.plugins", "any"),
                ProcessBuilder.Redirect.DISCARD,
                "-Djava.io.tmpdir=" + temporary);
        SessionClient other = new SessionClient(limited.port)) {
      assertThat(code(other.upload("1", "jars/a.jar", noise))).isEqualTo("GRAFT_SESSIONS_FULL");
      byte[] jar = jar("one");
      assertThat(other.upload("1", "jars/b.jar", jar).isOk()).isTrue();
      assertThat(other.answer("1")).isEqualTo("one");
      try (Stream<Path> files = Files.walk(temporary)) {
        assertThat(files.filter(file -> file.endsWith("a.jar"))).isEmpty();
      }
    }
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
