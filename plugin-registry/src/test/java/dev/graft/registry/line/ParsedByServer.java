package dev.graft.registry.line;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The oracle: what protobuf's own parser, given the descriptors of a line, does not understand and
 * the newest line does.
 */
final class ParsedByServer {
  private static final Set<String> HARMLESS =
      Set.of(
          "spark.connect.RelationCommon.origin",
          "spark.connect.Expression.common",
          "spark.connect.ExpressionCommon.origin");

  private final LineDescriptors newest = LineDescriptors.of(LineDescriptors.NEWEST);
  private final List<String> unknown = new ArrayList<>();

  /** The names of all fields and, behind {@code =}, enum values that go unnoticed. */
  static List<String> unknown(String line, String type, byte[] bytes) {
    Descriptor descriptor = LineDescriptors.of(line).message(type);
    ParsedByServer parsed = new ParsedByServer();
    try {
      parsed.visit(DynamicMessage.parseFrom(descriptor, bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return parsed.unknown;
  }

  private void visit(Message message) {
    Descriptor type = message.getDescriptorForType();
    if (!type.getFullName().startsWith("spark.connect.")) {
      return;
    }
    Descriptor known = newest.message(type.getFullName());
    for (int number : message.getUnknownFields().asMap().keySet()) {
      FieldDescriptor field = known.findFieldByNumber(number);
      if (field != null && !HARMLESS.contains(field.getFullName())) {
        unknown.add(field.getFullName());
      }
    }
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      FieldDescriptor field = set.getKey();
      if (HARMLESS.contains(field.getFullName())) {
        continue;
      }
      List<?> values = field.isRepeated() ? (List<?>) set.getValue() : List.of(set.getValue());
      for (Object value : values) {
        if (value instanceof Message inner) {
          visit(inner);
        } else if (value instanceof EnumValueDescriptor number && number.getIndex() < 0) {
          EnumValueDescriptor named =
              known
                  .findFieldByNumber(field.getNumber())
                  .getEnumType()
                  .findValueByNumber(number.getNumber());
          if (named != null) {
            unknown.add(field.getFullName() + "=" + named.getName());
          }
        }
      }
    }
  }
}
