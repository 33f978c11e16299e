package dev.graft.api.adapter;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that define messages: as a jar carries them, with comments, or else as generated code
 * does, without.
 */
final class DescriptorFiles {
  /** Where a jar may carry what {@code protoc --include_source_info --descriptor_set_out} wrote. */
  static final String RESOURCE = "META-INF/graft/descriptors.binpb";

  private final Map<String, FileDescriptorProto> carried;

  private DescriptorFiles(Map<String, FileDescriptorProto> carried) {
    this.carried = carried;
  }

  /** The files of the first resource that holds the message; none where no resource does. */
  static DescriptorFiles holding(Descriptor message, ClassLoader loader) {
    try {
      for (URL url : Collections.list(loader.getResources(RESOURCE))) {
        DescriptorFiles files = read(url);
        FileDescriptorProto file = files.carried.get(message.getFile().getName());
        if (file != null && Comments.holds(file, message)) {
          return files;
        }
      }
    } catch (IOException e) {
      // A damaged resource costs the comments; generated code has the definition.
    }
    return new DescriptorFiles(Map.of());
  }

  private static DescriptorFiles read(URL url) throws IOException {
    Map<String, FileDescriptorProto> files = new HashMap<>();
    try (InputStream in = url.openStream()) {
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
        files.put(file.getName(), file);
      }
    }
    return new DescriptorFiles(files);
  }

  /** A file, with the comments that were carried and no other source information. */
  FileDescriptorProto of(FileDescriptor file) {
    FileDescriptorProto found = carried.get(file.getName());
    return found == null ? file.toProto() : Comments.only(found);
  }

  /** A file after all files that it imports, without those that every client has. */
  List<FileDescriptorProto> neededBy(FileDescriptor file) {
    Map<String, FileDescriptorProto> needed = new LinkedHashMap<>();
    collect(file, needed);
    return new ArrayList<>(needed.values());
  }

  private void collect(FileDescriptor file, Map<String, FileDescriptorProto> needed) {
    if (MessageDescriptions.isEverywhere(file) || needed.containsKey(file.getName())) {
      return;
    }
    for (FileDescriptor imported : file.getDependencies()) {
      collect(imported, needed);
    }
    needed.put(file.getName(), of(file));
  }
}
