package dev.graft.registry.descriptor;

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
public record MessageDescriptor(
    String fullName, List<FieldDescriptor> fields, List<String> oneofs, boolean mapEntry) {
  /** A message type; the lists are copied. */
  public MessageDescriptor {
    fields = List.copyOf(fields);
    oneofs = List.copyOf(oneofs);
  }

  /** The name without package and enclosing messages. */
  public String simpleName() {
    return fullName.substring(fullName.lastIndexOf('.') + 1);
  }

  /** The field of a number; null where there is none. */
  public @Nullable FieldDescriptor field(int number) {
    for (FieldDescriptor field : fields) {
      if (field.number() == number) {
        return field;
      }
    }
    return null;
  }
}
