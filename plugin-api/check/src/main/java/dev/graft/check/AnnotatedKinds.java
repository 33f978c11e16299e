package dev.graft.check;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * What the annotations of a project's messages say that they are, by the names of their classes.
 */
final class AnnotatedKinds {
  private final Map<String, Kind> kinds = new HashMap<>();

  /** Of no messages. */
  AnnotatedKinds() {}

  /**
   * Of the messages in a set of descriptors, as a plugin's jar carries it. Classes inside an outer
   * class are left out, whose name the descriptors need not say.
   */
  AnnotatedKinds(InputStream descriptors) throws IOException {
    ExtensionRegistry annotations = ExtensionRegistry.newInstance();
    Annotations.registerAllExtensions(annotations);
    for (FileDescriptorProto file :
        FileDescriptorSet.parseFrom(descriptors, annotations).getFileList()) {
      if (file.getOptions().getJavaMultipleFiles()) {
        String folder =
            file.getOptions().hasJavaPackage()
                ? file.getOptions().getJavaPackage()
                : file.getPackage();
        for (DescriptorProto message : file.getMessageTypeList()) {
          add(folder, message);
        }
      }
    }
  }

  private void add(String outer, DescriptorProto message) {
    String name = outer.isEmpty() ? message.getName() : outer + "." + message.getName();
    Kind kind = message.getOptions().getExtension(Annotations.operation).getKind();
    if (kind != Kind.KIND_UNSPECIFIED && kind != Kind.UNRECOGNIZED) {
      kinds.put(name, kind);
    }
    for (DescriptorProto nested : message.getNestedTypeList()) {
      add(name, nested);
    }
  }

  /** What a message's annotation says; unspecified where it has none. */
  Kind of(String messageClass) {
    return kinds.getOrDefault(messageClass, Kind.KIND_UNSPECIFIED);
  }
}
