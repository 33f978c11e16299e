package dev.graft.generate.reading;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;

/**
 * Files without what clients do not need: comments, and names in JSON, which protoc writes into
 * descriptor sets and leaves out of generated classes. So the same file is the same from wherever
 * it was read.
 */
final class Compact {
  private Compact() {}

  static FileDescriptorProto file(FileDescriptorProto file) {
    FileDescriptorProto.Builder compact = file.toBuilder().clearSourceCodeInfo();
    compact.getExtensionBuilderList().forEach(FieldDescriptorProto.Builder::clearJsonName);
    compact.getMessageTypeBuilderList().forEach(Compact::strip);
    return compact.build();
  }

  private static void strip(DescriptorProto.Builder message) {
    message.getFieldBuilderList().forEach(FieldDescriptorProto.Builder::clearJsonName);
    message.getExtensionBuilderList().forEach(FieldDescriptorProto.Builder::clearJsonName);
    message.getNestedTypeBuilderList().forEach(Compact::strip);
  }
}
