package dev.graft.generate.reading;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import dev.graft.annotations.Annotations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of protobuf, Spark and Graft that every source may import. */
final class GivenFiles {
  private static final String CONNECT = "/dev/graft/connect/descriptors.binpb";
  private static final Map<String, FileDescriptorProto> FILES = read();

  private GivenFiles() {}

  static Optional<FileDescriptorProto> find(String name) {
    return Optional.ofNullable(FILES.get(name));
  }

  private static Map<String, FileDescriptorProto> read() {
    Map<String, FileDescriptorProto> files = new HashMap<>();
    for (FileDescriptor file :
        List.of(
            Annotations.getDescriptor(),
            AnyProto.getDescriptor(),
            ApiProto.getDescriptor(),
            DescriptorProtos.getDescriptor(),
            DurationProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            SourceContextProto.getDescriptor(),
            StructProto.getDescriptor(),
            TimestampProto.getDescriptor(),
            TypeProto.getDescriptor(),
            WrappersProto.getDescriptor())) {
      files.put(file.getName(), file.toProto());
    }
    try (InputStream in = GivenFiles.class.getResourceAsStream(CONNECT)) {
      if (in == null) {
        throw new FileNotFoundException(CONNECT + " is not on the class path");
      }
      for (FileDescriptorProto file :
          FileDescriptorSet.parseFrom(in, DescriptorSet.registry()).getFileList()) {
        files.putIfAbsent(file.getName(), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(files);
  }
}
