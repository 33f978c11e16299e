package dev.graft.generate.java;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.generate.emit.Origin;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.Directions;
import dev.graft.generate.model.EnumDefinition;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the class of one file, not yet formatted. */
final class ClassWriter {
  private static final int PIECE = 76;
  // Each piece costs bytecode, of which the method that makes the array can hold 64 KiB.
  private static final int MOST_PIECES = 4_000;

  private final ClientFile client;
  private final JavaNames names;

  ClassWriter(ClientFile client) {
    this.client = client;
    this.names = new JavaNames(client);
  }

  /**
   * The package of the file's own generated messages with ".client" behind it: there, protoc may
   * have put a class of the same name.
   */
  String packageName() {
    String name = client.protoPackage();
    try {
      for (FileDescriptorProto file :
          FileDescriptorSet.parseFrom(client.descriptors()).getFileList()) {
        if (file.getName().equals(client.protoFile()) && file.getOptions().hasJavaPackage()) {
          name = file.getOptions().getJavaPackage();
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("The client's descriptors are damaged", e);
    }
    String parts =
        Arrays.stream(name.split("\\.", -1))
            .map(part -> part.replaceAll("[^A-Za-z0-9_]", "_"))
            .filter(part -> !part.isEmpty())
            .map(part -> Character.isDigit(part.charAt(0)) ? "_" + part : part)
            .map(part -> JavaNames.isKeyword(part) ? part + "_" : part)
            .collect(Collectors.joining("."));
    return parts.isEmpty() ? "client" : parts + ".client";
  }

  String path() {
    return packageName().replace('.', '/') + "/" + names.outer() + ".java";
  }

  String write() {
    StringBuilder body = new StringBuilder();
    OperationWriter operations = new OperationWriter(names);
    client.operations().forEach(operation -> body.append(operations.factory(operation)));
    client.operations().forEach(operation -> body.append(operations.type(operation)).append('\n'));
    Directions directions = new Directions(client);
    DataWriter data = new DataWriter(names);
    for (DataMessage message : client.messages()) {
      body.append(data.write(message, directions)).append('\n');
    }
    EnumWriter enums = new EnumWriter(names);
    for (EnumDefinition definition : client.enums()) {
      body.append(enums.write(definition)).append('\n');
    }
    if (body.indexOf("converted(") >= 0) {
      body.append(CONVERTED);
    }
    return "// "
        // A backslash before a u is read even in a comment.
        + Origin.line(client).replace('\\', '?')
        + "package "
        + packageName()
        + ";\n\n"
        + IMPORTS
        + "\n"
        + new Javadoc(
            client.documentation(),
            "Operations of {@code " + Origin.path(client).replaceAll("[\\\\{}@*]", "?") + "}.")
        + "public final class "
        + names.outer()
        + " {\nprivate static final Operations OPERATIONS = Operations.ofBase64("
        + descriptors()
        + ");\n\nprivate "
        + names.outer()
        + "() {}\n\n"
        + body
        + "}\n";
  }

  private String descriptors() {
    int length = (client.descriptors().size() + 2) / 3 * 4; // in base64
    return Origin.descriptors(client, Math.max(PIECE, length / MOST_PIECES + 1)).stream()
        .map(JavaLiterals::text)
        .collect(Collectors.joining(",\n"));
  }

  // The formatter takes away those that are not used.
  private static final String IMPORTS =
      """
      import com.google.protobuf.Any;
      import com.google.protobuf.ByteString;
      import com.google.protobuf.Message;
      import dev.graft.encoder.Answer;
      import dev.graft.encoder.ExpressionInput;
      import dev.graft.encoder.NamedValues;
      import dev.graft.encoder.Operations;
      import dev.graft.encoder.RelationInput;
      import java.math.BigInteger;
      import java.time.Duration;
      import java.time.Instant;
      import java.util.LinkedHashMap;
      import java.util.List;
      import java.util.Map;
      import java.util.Optional;
      import java.util.function.Function;
      import org.apache.spark.connect.proto.Command;
      import org.apache.spark.connect.proto.Expression;
      import org.apache.spark.connect.proto.Relation;
      """;

  private static final String CONVERTED =
      """
      private static <K, V, W> Map<K, W> converted(Map<K, V> values, Function<V, W> convert) {
        Map<K, W> converted = new LinkedHashMap<>();
        values.forEach((key, value) -> converted.put(key, convert.apply(value)));
        return converted;
      }
      """;
}
