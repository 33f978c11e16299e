package dev.graft.api.adapter;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.spi.MessageDescription;
import java.util.List;

/** Describes a message from its class's descriptor and the comments that its jar may carry. */
final class MessageDescriptions {
  private MessageDescriptions() {}

  /**
   * Describes a message.
   *
   * @param jar the loader of the message's class, asked for {@link DescriptorFiles#RESOURCE}
   */
  static MessageDescription of(Descriptor message, ClassLoader jar) {
    DescriptorFiles files = DescriptorFiles.holding(message, jar);
    List<FileDescriptorProto> needed = files.neededBy(message.getFile());
    String documentation = Annotations.documentation(message);
    return new MessageDescription(
        Annotations.name(message),
        documentation.isEmpty() ? Comments.of(message, files.of(message.getFile())) : documentation,
        FileDescriptorSet.newBuilder().addAllFile(needed).build().toByteArray());
  }

  /** Whether a file is Spark's or protobuf's own, which every client has. */
  static boolean isEverywhere(FileDescriptor file) {
    return file.getName().startsWith("google/protobuf/")
        || file.getName().startsWith("spark/connect/");
  }
}
