package dev.graft.cli.demo;

import com.acme.frames.v1.TopK;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import org.apache.spark.connect.proto.Relation;

/**
 * The messages of the example plugins, as a client knows them. It has classes for those of {@code
 * acme.frames}; of those of the other jars it knows only names and fields, so their descriptors are
 * made here.
 */
final class Acme {
  static final Descriptor STAMP = message("acme.legacy.v1", "Stamp", "column", "text");
  static final Descriptor NUMBERED = message("acme.nativeplans.v1", "Numbered", "as");

  private Acme() {}

  /** A message of an input and, after it, strings. */
  private static Descriptor message(String packageName, String name, String... strings) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    message.addField(
        field("input", 1, FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setTypeName("." + Relation.getDescriptor().getFullName()));
    for (int i = 0; i < strings.length; i++) {
      message.addField(field(strings[i], i + 2, FieldDescriptorProto.Type.TYPE_STRING));
    }
    FileDescriptor relations = Relation.getDescriptor().getFile();
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName(packageName.replace('.', '/') + ".proto")
            .setPackage(packageName)
            .setSyntax("proto3")
            .addDependency(relations.getName())
            .addMessageType(message)
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {relations})
          .findMessageTypeByName(name);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  /** A message with its fields, in the order of their numbers. */
  static DynamicMessage of(Descriptor type, Object... values) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (int i = 0; i < values.length; i++) {
      message.setField(type.findFieldByNumber(i + 1), values[i]);
    }
    return message.build();
  }

  /** The files of all these messages, serialised. */
  static byte[] descriptors() {
    List<FileDescriptor> files =
        List.of(TopK.getDescriptor().getFile(), STAMP.getFile(), NUMBERED.getFile());
    return FileDescriptorSet.newBuilder()
        .addAllFile(files.stream().map(FileDescriptor::toProto).toList())
        .build()
        .toByteArray();
  }
}
