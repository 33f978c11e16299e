package dev.graft.registry.lowering;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message type.
 *
 * @param fullName package and name, without a leading dot
 * @param fields in the order of the {@code .proto} file
 * @param oneofs the names of its oneofs, those of proto3 {@code optional} fields included
 * @param mapEntry whether it is the entry type that protoc makes for a map field
 */
record MessageDescriptor(
    String fullName, List<FieldDescriptor> fields, List<String> oneofs, boolean mapEntry) {
  MessageDescriptor {
    fields = List.copyOf(fields);
    oneofs = List.copyOf(oneofs);
  }

  /** The name without package and enclosing messages. */
  String simpleName() {
    return fullName.substring(fullName.lastIndexOf('.') + 1);
  }

  @Nullable FieldDescriptor field(int number) {
    for (FieldDescriptor field : fields) {
      if (field.number() == number) {
        return field;
      }
    }
    return null;
  }
}
