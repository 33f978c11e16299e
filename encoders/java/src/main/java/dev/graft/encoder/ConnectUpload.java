package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsRequest.ArtifactChunk;
import org.apache.spark.connect.proto.AddArtifactsRequest.Batch;
import org.apache.spark.connect.proto.AddArtifactsRequest.BeginChunkedArtifact;
import org.apache.spark.connect.proto.AddArtifactsRequest.SingleChunkArtifact;
import org.apache.spark.connect.proto.AddArtifactsResponse;
import org.apache.spark.connect.proto.AddArtifactsResponse.ArtifactSummary;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.jspecify.annotations.Nullable;

/** A jar on its way to the server, as an artifact of a session. For one thread, once. */
final class ConnectUpload {
  /** How much of a file goes in one message, as in Spark's own clients. */
  private static final int CHUNK_BYTES = 32 * 1024;

  private final Path jar;
  private final String name;
  private final AddArtifactsRequest session;

  /**
   * Checks the file's name; nothing is read yet.
   *
   * @param session what each request says of the session
   * @throws GraftInputException {@code GRAFT_JAR_INVALID} if the name does not end in {@code .jar}
   */
  ConnectUpload(Path jar, AddArtifactsRequest session) {
    String file = String.valueOf(jar.getFileName());
    if (!file.endsWith(".jar")) {
      throw new GraftInputException(
          GraftInputException.Code.GRAFT_JAR_INVALID,
          "What is added to a session is a file whose name ends in .jar, and '"
              + file
              + "' does not");
    }
    this.jar = jar;
    this.name = "jars/" + file;
    this.session = session;
  }

  /**
   * Sends the file, read piece by piece since jars may be large, and waits for the answer.
   *
   * @throws IOException if the file cannot be read
   * @throws RequestFailedException if the server refuses it, if it does not get it as it is, or if
   *     it cannot be reached
   */
  void send(SparkConnectServiceBlockingStub stub) throws IOException {
    try (InputStream content = Files.newInputStream(jar)) {
      BlockingClientCall<AddArtifactsRequest, AddArtifactsResponse> call =
          ClientCalls.blockingClientStreamingCall(
              stub.getChannel(),
              SparkConnectServiceGrpc.getAddArtifactsMethod(),
              stub.getCallOptions());
      try {
        write(content, call);
        check(call.read());
        // The call may end in an error even after an answer.
        var unused = call.hasNext();
      } catch (StatusException e) {
        throw new RequestFailedException(e.getStatus().asRuntimeException(e.getTrailers()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RequestFailedException(
            Status.Code.CANCELLED, "The thread was interrupted while it sent " + jar, e);
      } finally {
        // Of no effect once it has ended. What is given up before must not look like a whole.
        call.cancel("The upload was given up", null);
      }
    }
  }

  private void write(
      InputStream content, BlockingClientCall<AddArtifactsRequest, AddArtifactsResponse> call)
      throws IOException, StatusException, InterruptedException {
    long size = Files.size(jar);
    long chunks = Math.max(1, (size + CHUNK_BYTES - 1) / CHUNK_BYTES);
    for (long number = 0; number < chunks; number++) {
      int length = (int) Math.min(CHUNK_BYTES, size - number * CHUNK_BYTES);
      ArtifactChunk chunk = chunk(content, length);
      AddArtifactsRequest.Builder request = session.toBuilder();
      if (chunks == 1) {
        var single = SingleChunkArtifact.newBuilder().setName(name).setData(chunk);
        request.setBatch(Batch.newBuilder().addArtifacts(single));
      } else if (number == 0) {
        request.setBeginChunk(
            BeginChunkedArtifact.newBuilder()
                .setName(name)
                .setTotalBytes(size)
                .setNumChunks(chunks)
                .setInitialChunk(chunk));
      } else {
        request.setChunk(chunk);
      }
      if (!call.write(request.build())) {
        return; // The server has ended the call; how, reading tells.
      }
    }
    call.halfClose();
  }

  private ArtifactChunk chunk(InputStream content, int length) throws IOException {
    byte[] data = content.readNBytes(length);
    if (data.length < length) {
      throw new EOFException(jar + " has become shorter while it was read");
    }
    CRC32 checksum = new CRC32();
    checksum.update(data);
    ByteString bytes = UnsafeByteOperations.unsafeWrap(data); // nobody else has it
    return ArtifactChunk.newBuilder().setData(bytes).setCrc(checksum.getValue()).build();
  }

  private void check(@Nullable AddArtifactsResponse response) {
    if (response == null
        || !response.getArtifactsList().stream().allMatch(ArtifactSummary::getIsCrcSuccessful)) {
      throw new RequestFailedException(
          Status.Code.DATA_LOSS,
          jar + " did not arrive as it was sent: its checksum is another. Add it again",
          null);
    }
  }
}
