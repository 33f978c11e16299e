package dev.graft.api.adapter;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.spi.NewerExtensionException;
import dev.graft.spi.PlanningException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what is wrong with the unknown fields of one message, if anything is. */
final class UnknownFieldRefusal {
  /** A client may send as many as it likes. */
  private static final int MOST_NAMED = 5;

  private UnknownFieldRefusal() {}

  /**
   * Checks the unknown fields of a message. Extensions of it, in protobuf's own sense, are no
   * matter: they are unknown wherever nobody has registered them.
   *
   * @param ignored whether fields that the message does not have may be left out
   * @throws NewerExtensionException if there are fields, or values of closed enums, that the
   *     plugin's version of the message does not have
   * @throws PlanningException if a field that it has comes in another form
   */
  static void check(Descriptor type, UnknownFieldSet unknown, boolean ignored) {
    List<Integer> numbers = new ArrayList<>();
    for (int number : unknown.asMap().keySet()) {
      FieldDescriptor field = type.findFieldByNumber(number);
      if (field != null) {
        throw of(field, unknown.getField(number));
      }
      if (!type.isExtensionNumber(number)) {
        numbers.add(number);
      }
    }
    if (!ignored && !numbers.isEmpty()) {
      throw of(type, numbers.stream().sorted().toList());
    }
  }

  /** Of a field that the message has, but whose content protobuf could not put into it. */
  private static RuntimeException of(FieldDescriptor field, UnknownFieldSet.Field content) {
    String named =
        "field %d (%s) of %s"
            .formatted(field.getNumber(), field.getName(), field.getContainingType().getFullName());
    List<Long> values = enumValues(field, content);
    if (!values.isEmpty()) {
      EnumDescriptor type = held(field).getEnumType();
      return new NewerExtensionException(
          "The client sends the value %d in %s, and the server's plugin knows no such value of %s. The plugin is older than the client: update the plugin, or send another value."
              .formatted(values.get(0).intValue(), named, type.getFullName()));
    }
    return new PlanningException(
        "The client sends %s in a form that is not that of %s.".formatted(named, typeName(field)));
  }

  /** Values of a closed enum, of which protobuf keeps those that it does not know as unknown. */
  private static List<Long> enumValues(FieldDescriptor field, UnknownFieldSet.Field content) {
    if (held(field).getJavaType() != JavaType.ENUM) {
      return List.of();
    }
    if (!field.isMapField()) {
      return content.getVarintList();
    }
    return content.getLengthDelimitedList().stream()
        .flatMap(entry -> Annotations.read(entry).getField(2).getVarintList().stream())
        .toList();
  }

  /** The field that has the type of what a field holds: of a map's values, or the field itself. */
  static FieldDescriptor held(FieldDescriptor field) {
    return field.isMapField() ? field.getMessageType().findFieldByNumber(2) : field;
  }

  private static String typeName(FieldDescriptor field) {
    String type =
        switch (field.getJavaType()) {
          case MESSAGE -> field.getMessageType().getFullName();
          case ENUM -> field.getEnumType().getFullName();
          default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    return field.isRepeated() ? "repeated " + type : type;
  }

  private static NewerExtensionException of(Descriptor type, List<Integer> numbers) {
    List<Integer> unknown =
        numbers.stream().filter(number -> !type.isReservedNumber(number)).toList();
    if (unknown.isEmpty()) {
      return new NewerExtensionException(
          "The client sends %s of %s, which the server's plugin has no more: reserved. The client is older than the plugin: generate it anew, or send the message without."
              .formatted(listed(numbers), type.getFullName()));
    }
    return new NewerExtensionException(
        "The client sends %s of %s, which the server's plugin does not know. The plugin is older than the client: update the plugin, or send the message without. A message whose unknown fields may be ignored says so by (graft.ignores_unknown_fields)."
            .formatted(listed(unknown), type.getFullName()));
  }

  private static String listed(List<Integer> numbers) {
    String named =
        numbers.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    int more = numbers.size() - MOST_NAMED;
    return (numbers.size() == 1 ? "field " : "fields ")
        + named
        + (more > 0 ? " and " + more + " more" : "");
  }
}
