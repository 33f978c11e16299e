package dev.graft.generate.model;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * The operations of one {@code .proto} file and all that they use, so that what is generated from
 * it stands alone.
 *
 * @param protoFile such as {@code acme/frames/v1/frames.proto}
 * @param protoPackage such as {@code acme.frames.v1}; may be empty
 * @param name what generated files are called after: the file's own name, with the names of folders
 *     in front where several files have the same
 * @param operations in the order of the source, at least one
 * @param messages the messages that operations use directly or through others, and replies, those
 *     of imported files too, by full name; but none of Spark and google
 * @param enums the enums that are used, by full name
 * @param descriptors a serialised {@code google.protobuf.FileDescriptorSet}: the file and all that
 *     it imports, imports first, but for files of Spark and google, and without comments. The same
 *     source gives the same bytes
 */
public record ClientFile(
    String protoFile,
    String protoPackage,
    Name name,
    Documentation documentation,
    List<Operation> operations,
    List<DataMessage> messages,
    List<EnumDefinition> enums,
    ByteString descriptors) {
  public ClientFile {
    operations = List.copyOf(operations);
    messages = List.copyOf(messages);
    enums = List.copyOf(enums);
  }

  /** The message of that full name, which some argument or reply refers to. */
  public DataMessage message(String fullName) {
    return messages.stream()
        .filter(message -> message.fullName().equals(fullName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No message " + fullName));
  }

  /** The enum of that full name, which some argument refers to. */
  public EnumDefinition enumeration(String fullName) {
    return enums.stream()
        .filter(definition -> definition.fullName().equals(fullName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No enum " + fullName));
  }
}
