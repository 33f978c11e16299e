package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Types of fields, and which of them read on the wire what another has written. */
final class FieldTypes {
  /** Among those of a set any may become any other, as buf has it. */
  private static final List<Set<FieldDescriptor.Type>> ALIKE =
      List.of(
          Set.of(
              FieldDescriptor.Type.INT32,
              FieldDescriptor.Type.UINT32,
              FieldDescriptor.Type.INT64,
              FieldDescriptor.Type.UINT64,
              FieldDescriptor.Type.BOOL),
          Set.of(FieldDescriptor.Type.SINT32, FieldDescriptor.Type.SINT64),
          Set.of(FieldDescriptor.Type.FIXED32, FieldDescriptor.Type.SFIXED32),
          Set.of(FieldDescriptor.Type.FIXED64, FieldDescriptor.Type.SFIXED64));

  private FieldTypes() {}

  static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE;
  }

  /** The field that has the type of what a field holds: of a map's values, or the field itself. */
  static FieldDescriptor held(FieldDescriptor field) {
    return field.isMapField() ? field.getMessageType().findFieldByNumber(2) : field;
  }

  /** A type as the file has it. */
  static String name(FieldDescriptor field) {
    if (field.isMapField()) {
      FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
      return "map<" + name(key) + ", " + name(held(field)) + ">";
    }
    return switch (field.getJavaType()) {
      case MESSAGE ->
          (field.getType() == FieldDescriptor.Type.GROUP ? "delimited " : "")
              + field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  /** Whether a field reads what clients have sent for another; both are of different types. */
  static boolean reads(FieldDescriptor now, FieldDescriptor old) {
    if (old.isMapField() || now.isMapField()) {
      return false;
    }
    if (old.getType() == FieldDescriptor.Type.ENUM && now.getType() == FieldDescriptor.Type.ENUM) {
      return old.getEnumType().getName().equals(now.getEnumType().getName())
          && isSubset(old.getEnumType(), now.getEnumType());
    }
    if (old.getType() == FieldDescriptor.Type.STRING
        && now.getType() == FieldDescriptor.Type.BYTES) {
      return true;
    }
    return ALIKE.stream()
        .anyMatch(set -> set.contains(old.getType()) && set.contains(now.getType()));
  }

  private static boolean isSubset(EnumDescriptor old, EnumDescriptor now) {
    return old.getValues().stream()
        .allMatch(
            value ->
                now.getValues().stream()
                    .anyMatch(
                        other ->
                            other.getNumber() == value.getNumber()
                                && other.getName().equals(value.getName())));
  }
}
