package dev.graft.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.StringValue;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.AddArtifactsRequest.ArtifactChunk;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.CloneSessionRequest;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.ReleaseSessionRequest;
import org.apache.spark.connect.proto.UserContext;

/** A client that adds jars to sessions and uses them, before a {@link ByteBackend}. */
final class SessionClient implements AutoCloseable {
  private static final String SERVICE = "spark.connect.SparkConnectService/";
  private static final int CHUNK = 1_000;

  final ByteClient bytes;

  SessionClient(int port) {
    this.bytes = new ByteClient(port);
  }

  /** A jar whose plugin answers with a table of this name. */
  static byte[] jar(Path folder, String table) throws IOException {
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

  static UserContext user(String name) {
    return UserContext.newBuilder().setUserId(name).build();
  }

  static ArtifactChunk chunk(byte[] data, int from, int to) {
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

  static AddArtifactsRequest batch(String session, String name, ArtifactChunk data) {
    AddArtifactsRequest.Builder request = request(session);
    request.getBatchBuilder().addArtifactsBuilder().setName(name).setData(data);
    return request.build();
  }

  static List<AddArtifactsRequest> chunks(String session, String name, byte[] jar) {
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

  /** Sends an upload, and waits for its end. */
  Status upload(List<AddArtifactsRequest> requests) throws Exception {
    List<byte[]> sent = requests.stream().map(AddArtifactsRequest::toByteArray).toList();
    return bytes.call(SERVICE + "AddArtifacts", MethodType.BIDI_STREAMING, sent).status();
  }

  Status upload(String session, String name, byte[] jar) throws Exception {
    return upload(List.of(batch(session, name, chunk(jar, 0, jar.length))));
  }

  /** An upload whose requests the test sends itself. */
  Call beginUpload() {
    return bytes.start(
        SERVICE + "AddArtifacts",
        MethodType.BIDI_STREAMING,
        CallOptions.DEFAULT,
        new Metadata(),
        10);
  }

  Status release(String session) throws Exception {
    byte[] release =
        ReleaseSessionRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(user("ada"))
            .build()
            .toByteArray();
    return bytes.call(SERVICE + "ReleaseSession", release).status();
  }

  /** The backend sends the request back; in a response its third field is the new session. */
  Status copy(String session, String to) throws Exception {
    byte[] clone =
        CloneSessionRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(user("ada"))
            .setClientType(to)
            .build()
            .toByteArray();
    return bytes.call(SERVICE + "CloneSession", clone).status();
  }

  /** The table that the extension becomes in a session, or the code of the refusal. */
  String answer(String user, String session) throws Exception {
    AnalyzePlanRequest.Builder request =
        AnalyzePlanRequest.newBuilder().setSessionId(session).setUserContext(user(user));
    request
        .getExplainBuilder()
        .getPlanBuilder()
        .setRoot(Relation.newBuilder().setExtension(Any.pack(StringValue.of("x"))));
    Call call = bytes.call(SERVICE + "AnalyzePlan", request.build().toByteArray());
    Status status = call.status();
    if (!status.isOk()) {
      return code(status);
    }
    Relation lowered = AnalyzePlanRequest.parseFrom(call.next()).getExplain().getPlan().getRoot();
    return lowered.getRead().getNamedTable().getUnparsedIdentifier();
  }

  String answer(String session) throws Exception {
    return answer("ada", session);
  }

  /** The code at the beginning of a refusal's text. */
  static String code(Status refusal) {
    return String.valueOf(refusal.getDescription()).replaceFirst("(?s)\\[([A-Z_]+)].*", "$1");
  }

  @Override
  public void close() {
    bytes.close();
  }
}
