package dev.graft.encoder;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import dev.graft.annotations.Annotations;
import dev.graft.encoder.GraftInputException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Links a descriptor set, in whatever order its files are; it may come from a server. */
final class DescriptorFiles {
  /** Those of protobuf and of Spark, which sets leave out; where one has them, ours are taken. */
  private static final Map<String, FileDescriptor> KNOWN = new HashMap<>();

  static {
    know(DescriptorProtos.getDescriptor());
    know(AnyProto.getDescriptor());
    know(DurationProto.getDescriptor());
    know(EmptyProto.getDescriptor());
    know(FieldMaskProto.getDescriptor());
    know(StructProto.getDescriptor());
    know(TimestampProto.getDescriptor());
    know(WrappersProto.getDescriptor());
    know(Annotations.getDescriptor());
    connect().forEach(DescriptorFiles::know);
  }

  private final Map<String, FileDescriptorProto> given = new LinkedHashMap<>();
  private final Map<String, FileDescriptor> linked = new LinkedHashMap<>();

  private DescriptorFiles() {}

  private static void know(FileDescriptor file) {
    KNOWN.putIfAbsent(file.getName(), file);
  }

  /**
   * Spark's own files. Not from their classes: beside Spark's own client, classes of these names
   * belong to another copy of protobuf.
   */
  private static List<FileDescriptor> connect() {
    try (InputStream in =
        DescriptorFiles.class.getResourceAsStream("/dev/graft/connect/descriptors.binpb")) {
      if (in == null) {
        throw new IllegalStateException("The descriptors of Spark's messages are missing");
      }
      DescriptorFiles files = new DescriptorFiles();
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
        if (file.getName().startsWith("spark/")) {
          files.given.put(file.getName(), file);
        }
      }
      files.linkAll();
      return List.copyOf(files.linked.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of the set that are not protobuf's or Spark's own. */
  static List<FileDescriptor> link(ByteString descriptorSet) {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    Annotations.registerAllExtensions(registry);
    FileDescriptorSet set;
    try {
      set = FileDescriptorSet.parseFrom(descriptorSet, registry);
    } catch (InvalidProtocolBufferException e) {
      throw new GraftInputException(
          Code.GRAFT_DESCRIPTORS_INVALID,
          "The bytes are no google.protobuf.FileDescriptorSet: " + e.getMessage(),
          e);
    }
    DescriptorFiles files = new DescriptorFiles();
    set.getFileList().forEach(file -> files.given.putIfAbsent(file.getName(), file));
    files.given.keySet().removeAll(KNOWN.keySet());
    files.linkAll();
    return List.copyOf(files.linked.values());
  }

  /** Imports before what imports them. With a stack of its own: imports may be a long chain. */
  private void linkAll() {
    Deque<FileDescriptorProto> waiting = new ArrayDeque<>(given.values());
    Set<String> entered = new HashSet<>();
    while (!waiting.isEmpty()) {
      FileDescriptorProto file = waiting.element();
      List<FileDescriptorProto> missing = new ArrayList<>();
      for (String name : file.getDependencyList()) {
        FileDescriptorProto imported = given.get(name);
        if (imported != null && !linked.containsKey(name)) {
          missing.add(imported);
        }
      }
      if (linked.containsKey(file.getName())) {
        waiting.pop();
      } else if (missing.isEmpty()) {
        linked.put(file.getName(), link(file));
        waiting.pop();
      } else if (entered.add(file.getName())) {
        missing.forEach(waiting::push);
      } else {
        throw new GraftInputException(
            Code.GRAFT_DESCRIPTORS_INVALID, "The file " + file.getName() + " imports itself");
      }
    }
  }

  private FileDescriptor link(FileDescriptorProto file) {
    List<FileDescriptor> imports = new ArrayList<>();
    for (String name : file.getDependencyList()) {
      FileDescriptor imported = linked.getOrDefault(name, KNOWN.get(name));
      if (imported != null) {
        imports.add(imported);
      }
    }
    try {
      // A file that is missing may be one of a newer Spark; what it defines is then not known.
      return FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new), true);
    } catch (DescriptorValidationException | RuntimeException e) {
      throw new GraftInputException(
          Code.GRAFT_DESCRIPTORS_INVALID,
          "The file " + file.getName() + " does not link: " + e.getMessage(),
          e);
    }
  }
}
