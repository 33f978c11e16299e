package dev.graft.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsRequest.ArtifactChunk;
import org.apache.spark.connect.proto.AddArtifactsRequest.BeginChunkedArtifact;
import org.apache.spark.connect.proto.AddArtifactsRequest.SingleChunkArtifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the first test
class ConnectUploadTest {
  private static final int CHUNK = 32 * 1024;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK})
  void aSmallJarIsABatch(int size) throws Exception {
    byte[] content = content(size);
    try (FakeServer server = FakeServer.answering();
        ConnectSession session = server.connect()) {
      session.addJar(jar(content));
      AddArtifactsRequest request = server.artifacts.take();
      assertThat(server.artifacts).isEmpty();
      assertThat(request.getSessionId()).isEqualTo(session.sessionId());
      assertThat(request.getUserContext().getUserId()).isEqualTo("ada");
      assertThat(request.getClientType()).isEqualTo("graft-encoder-java");
      assertThat(request.getBatch().getArtifactsList()).hasSize(1);
      SingleChunkArtifact artifact = request.getBatch().getArtifacts(0);
      assertThat(artifact.getName()).isEqualTo("jars/acme-1.0.jar");
      assertIs(artifact.getData(), content);
    }
  }

  @ParameterizedTest
  @CsvSource({"32769, 2", "65536, 2", "100000, 4"})
  void aLargeJarIsSentInChunks(int size, int chunks) throws Exception {
    byte[] content = content(size);
    try (FakeServer server = FakeServer.answering();
        ConnectSession session = server.connect()) {
      session.addJar(jar(content));
      assertThat(server.artifacts).hasSize(chunks);
      BeginChunkedArtifact begin = server.artifacts.take().getBeginChunk();
      assertThat(begin.getName()).isEqualTo("jars/acme-1.0.jar");
      assertThat(begin.getTotalBytes()).isEqualTo(size);
      assertThat(begin.getNumChunks()).isEqualTo(chunks);
      assertIs(begin.getInitialChunk(), Arrays.copyOf(content, CHUNK));
      for (int from = CHUNK; from < size; from += CHUNK) {
        AddArtifactsRequest request = server.artifacts.take();
        assertThat(request.getSessionId()).isEqualTo(session.sessionId());
        assertIs(
            request.getChunk(), Arrays.copyOfRange(content, from, Math.min(size, from + CHUNK)));
      }
    }
  }

  // The second one is refused while the client still sends.
  @ParameterizedTest
  @ValueSource(ints = {10, 5_000_000})
  void aRefusedJarHasTheServersCode(int size) throws Exception {
    Status refusal = Status.PERMISSION_DENIED.withDescription("[GRAFT_JAR_UNTRUSTED] no");
    try (FakeServer server = FakeServer.failing(refusal.asRuntimeException());
        ConnectSession session = server.connect()) {
      Path jar = jar(content(size));
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.addJar(jar))
          .withMessage("[GRAFT_JAR_UNTRUSTED] no")
          .satisfies(e -> assertThat(e.errorCode()).hasValue("GRAFT_JAR_UNTRUSTED"))
          .satisfies(e -> assertThat(e.status()).isEqualTo(Status.Code.PERMISSION_DENIED));
    }
  }

  @Test
  void aJarThatArrivesAsAnotherIsAnError() throws Exception {
    try (FakeServer server = FakeServer.damaging();
        ConnectSession session = server.connect()) {
      Path jar = jar(content(10));
      assertThatExceptionOfType(RequestFailedException.class)
          .isThrownBy(() -> session.addJar(jar))
          .withMessageStartingWith(jar + " did not arrive as it was sent")
          .satisfies(e -> assertThat(e.status()).isEqualTo(Status.Code.DATA_LOSS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "acme.zip", "acme.jar.txt"})
  void whatIsNoJarIsNotSent(String path) throws Exception {
    try (FakeServer server = FakeServer.answering();
        ConnectSession session = server.connect()) {
      assertThatExceptionOfType(GraftInputException.class)
          .isThrownBy(() -> session.addJar(Path.of(path)))
          .satisfies(e -> assertThat(e.code()).isEqualTo("GRAFT_JAR_INVALID"));
      assertThat(server.artifacts).isEmpty();
    }
  }

  @Test
  void aJarThatCannotBeReadIsTheErrorOfTheFile() throws Exception {
    try (FakeServer server = FakeServer.answering();
        ConnectSession session = server.connect()) {
      Path missing = folder.resolve("none.jar");
      assertThatExceptionOfType(NoSuchFileException.class)
          .isThrownBy(() -> session.addJar(missing))
          .withMessage(missing.toString());
      Path aFolder = Files.createDirectory(folder.resolve("folder.jar"));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> session.addJar(aFolder));
      assertThat(server.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(server.artifacts).isEmpty();
    }
  }

  private static void assertIs(ArtifactChunk chunk, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    assertThat(chunk.getData().toByteArray()).isEqualTo(content);
    assertThat(chunk.getCrc()).isEqualTo(checksum.getValue());
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(1).nextBytes(content);
    return content;
  }

  private Path jar(byte[] content) throws IOException {
    return Files.write(folder.resolve("acme-1.0.jar"), content);
  }
}
