package dev.graft.api.adapter;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.spi.MessageDescription;
import java.util.List;

/**
 * Describes a message from its class's descriptor and the comments that its jar may carry.
 *
 * <p>The annotations are read as unknown fields: they are then found in every realm, whichever
 * protobuf it has and whether or not its generated code knows them.
 */
final class MessageDescriptions {
  /** {@code graft.operation} in {@code graft/annotations.proto}. */
  private static final int OPERATION = 58174;

  private static final int OPERATION_NAME = 2;
  private static final int OPERATION_DOCUMENTATION = 3;

  private MessageDescriptions() {}

  /**
   * Describes a message.
   *
   * @param jar the loader of the message's class, asked for {@link DescriptorFiles#RESOURCE}
   */
  static MessageDescription of(Descriptor message, ClassLoader jar) {
    DescriptorFiles files = DescriptorFiles.holding(message, jar);
    List<FileDescriptorProto> needed = files.neededBy(message.getFile());
    String documentation = operation(message, OPERATION_DOCUMENTATION);
    return new MessageDescription(
        operation(message, OPERATION_NAME),
        documentation.isEmpty() ? Comments.of(message, files.of(message.getFile())) : documentation,
        FileDescriptorSet.newBuilder().addAllFile(needed).build().toByteArray());
  }

  /** A text of the message's annotation; empty where it has none. */
  private static String operation(Descriptor message, int field) {
    try {
      // Through bytes, since generated code that knows the annotation has parsed it.
      UnknownFieldSet options = UnknownFieldSet.parseFrom(message.getOptions().toByteString());
      String text = "";
      for (ByteString operation : options.getField(OPERATION).getLengthDelimitedList()) {
        for (ByteString value :
            UnknownFieldSet.parseFrom(operation).getField(field).getLengthDelimitedList()) {
          text = value.toStringUtf8();
        }
      }
      return text.strip();
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }

  /** Whether a file is Spark's or protobuf's own, which every client has. */
  static boolean isEverywhere(FileDescriptor file) {
    return file.getName().startsWith("google/protobuf/")
        || file.getName().startsWith("spark/connect/");
  }
}
