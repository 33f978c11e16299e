package dev.graft.encoder.vectors;

import com.acme.frames.v1.Frames;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.annotations.Annotations;
import dev.graft.vectors.v1.Vectors;
import dev.graft.vectors.v2.Vectors2;
import dev.graft.vectors.v3.Vectors3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;

/**
 * Writes {@code encoders/vectors/vectors.json}. Run it after a change of the proto files there or
 * of the cases here; a test fails until then.
 */
public final class VectorMaker {
  static final Path FILE = Path.of("../vectors/vectors.json");
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private VectorMaker() {}

  /** Writes the file; takes no arguments and expects the module's folder as working directory. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(FILE, text());
  }

  static FileDescriptorSet descriptors() {
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    Stream.of(
            Annotations.getDescriptor(),
            Vectors.getDescriptor(),
            Vectors2.getDescriptor(),
            Vectors3.getDescriptor(),
            Frames.getDescriptor())
        .map(VectorMaker::withJsonNames)
        .forEach(set::addFile);
    return set.build();
  }

  /** The compiler's own descriptor sets name them; those in Java classes leave them out. */
  private static FileDescriptorProto withJsonNames(FileDescriptor file) {
    FileDescriptorProto.Builder proto = file.toProto().toBuilder();
    for (int index = 0; index < proto.getMessageTypeCount(); index++) {
      nameFields(proto.getMessageTypeBuilder(index), file.getMessageTypes().get(index));
    }
    return proto.build();
  }

  private static void nameFields(DescriptorProto.Builder proto, Descriptor message) {
    for (FieldDescriptor field : message.getFields()) {
      proto.getFieldBuilder(field.getIndex()).setJsonName(field.getJsonName());
    }
    for (Descriptor nested : message.getNestedTypes()) {
      nameFields(proto.getNestedTypeBuilder(nested.getIndex()), nested);
    }
  }

  static String text() {
    FileDescriptorSet descriptors = descriptors();
    Oracle oracle = new Oracle(descriptors.getFileList());
    List<String> vectors = new ArrayList<>();
    VectorCases.all().forEach(vector -> vectors.add(GSON.toJson(vector(oracle, vector))));
    List<String> refused = new ArrayList<>();
    RefusedCases.all().forEach(refusal -> refused.add(GSON.toJson(refusal)));
    return "{\n\"descriptors\": "
        + GSON.toJson(SampleInputs.base64(Oracle.serialised(descriptors)))
        + ",\n\"vectors\": [\n"
        + String.join(",\n", vectors)
        + "\n],\n\"refused\": [\n"
        + String.join(",\n", refused)
        + "\n]\n}\n";
  }

  private static JsonObject vector(Oracle oracle, VectorCase vector) {
    ByteString extension = oracle.encode(vector.message(), vector.values());
    JsonObject json = GSON.toJsonTree(vector).getAsJsonObject();
    JsonObject decoded = oracle.decode(vector.message(), extension);
    if (!decoded.equals(vector.values())) {
      json.add("decoded", decoded);
    }
    json.addProperty("extension", hex(extension));
    json.addProperty("plan", hex(Oracle.serialised(plan(vector, extension))));
    return json;
  }

  private static Plan plan(VectorCase vector, ByteString extension) {
    Any any =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/" + vector.message())
            .setValue(extension)
            .build();
    Plan.Builder plan = Plan.newBuilder();
    switch (vector.kind()) {
      case "relation" -> plan.setRoot(Relation.newBuilder().setExtension(any));
      case "expression" ->
          plan.setRoot(
              Relation.newBuilder()
                  .setProject(
                      Project.newBuilder()
                          .addExpressions(Expression.newBuilder().setExtension(any))));
      case "command" -> plan.setCommand(Command.newBuilder().setExtension(any));
      default -> throw new IllegalArgumentException(vector.kind());
    }
    return plan.build();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
