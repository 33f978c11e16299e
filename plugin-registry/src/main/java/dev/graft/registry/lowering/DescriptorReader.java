package dev.graft.registry.lowering;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the few fields of {@code google/protobuf/descriptor.proto} that lowering needs.
 *
 * <p>It runs when the server starts, in an interpreter that is still cold. Hence no lambdas,
 * streams or joined strings here: the first of each costs more than the whole reading.
 */
final class DescriptorReader {
  /** Message types in one another; protoc itself stops far earlier. */
  private static final int MAX_NESTING = 64;

  private static final int LABEL_REPEATED = 3;

  private final Map<String, MessageDescriptor> messages = new HashMap<>(1024);
  private final Map<String, Map<Integer, String>> enums = new HashMap<>();

  Map<String, MessageDescriptor> messages() {
    return messages;
  }

  Map<String, Map<Integer, String>> enums() {
    return enums;
  }

  void readSet(byte[] bytes) {
    WireCursor set = new WireCursor(bytes, 0, bytes.length);
    while (set.nextField()) {
      if (set.fieldNumber() == 1) {
        readFile(bytes, inner(set));
      } else {
        set.skip();
      }
    }
  }

  private void readFile(byte[] bytes, Range file) {
    // The package stands before the types in what protoc writes, but need not.
    String packageName = "";
    WireCursor first = file.cursor(bytes);
    while (first.nextField()) {
      if (first.fieldNumber() == 2) {
        packageName = string(bytes, first);
      } else {
        first.skip();
      }
    }
    WireCursor types = file.cursor(bytes);
    while (types.nextField()) {
      switch (types.fieldNumber()) {
        case 4 -> readMessage(bytes, inner(types), packageName, 0);
        case 5 -> readEnum(bytes, inner(types), packageName);
        default -> types.skip();
      }
    }
  }

  private void readMessage(byte[] bytes, Range message, String scope, int nesting) {
    if (nesting == MAX_NESTING) {
      throw new WireException("message types are nested too deep", message.from);
    }
    String name = "";
    boolean mapEntry = false;
    List<FieldDescriptor> fields = new ArrayList<>();
    List<String> oneofs = new ArrayList<>();
    List<Range> nested = new ArrayList<>();
    List<Range> nestedEnums = new ArrayList<>();
    WireCursor cursor = message.cursor(bytes);
    while (cursor.nextField()) {
      switch (cursor.fieldNumber()) {
        case 1 -> name = string(bytes, cursor);
        case 2 -> fields.add(readField(bytes, inner(cursor)));
        case 3 -> nested.add(inner(cursor));
        case 4 -> nestedEnums.add(inner(cursor));
        case 7 -> mapEntry = number(bytes, inner(cursor), 7) != 0;
        case 8 -> oneofs.add(text(bytes, inner(cursor), 1));
        default -> cursor.skip();
      }
    }
    String fullName = join(scope, name);
    messages.put(fullName, new MessageDescriptor(fullName, fields, oneofs, mapEntry));
    for (Range range : nested) {
      readMessage(bytes, range, fullName, nesting + 1);
    }
    for (Range range : nestedEnums) {
      readEnum(bytes, range, fullName);
    }
  }

  private static FieldDescriptor readField(byte[] bytes, Range field) {
    String name = "";
    int number = 0;
    int type = 0;
    boolean repeated = false;
    boolean optional = false;
    int oneof = -1;
    @Nullable String typeName = null;
    WireCursor cursor = field.cursor(bytes);
    while (cursor.nextField()) {
      switch (cursor.fieldNumber()) {
        case 1 -> name = string(bytes, cursor);
        case 3 -> number = integer(cursor);
        case 4 -> repeated = integer(cursor) == LABEL_REPEATED;
        case 5 -> type = integer(cursor);
        case 6 -> typeName = string(bytes, cursor);
        case 9 -> oneof = integer(cursor);
        case 17 -> optional = integer(cursor) != 0;
        default -> cursor.skip();
      }
    }
    if (typeName != null && typeName.startsWith(".")) {
      typeName = typeName.substring(1);
    }
    return new FieldDescriptor(
        number, name, type, repeated, typeName, optional ? -1 : oneof, optional);
  }

  private void readEnum(byte[] bytes, Range enumeration, String scope) {
    String name = "";
    Map<Integer, String> values = new HashMap<>();
    WireCursor cursor = enumeration.cursor(bytes);
    while (cursor.nextField()) {
      switch (cursor.fieldNumber()) {
        case 1 -> name = string(bytes, cursor);
        case 2 -> {
          Range value = inner(cursor);
          values.put((int) number(bytes, value, 2), text(bytes, value, 1));
        }
        default -> cursor.skip();
      }
    }
    enums.put(join(scope, name), values);
  }

  private static String join(String scope, String name) {
    return scope.isEmpty() ? name : scope.concat(".").concat(name);
  }

  /** A varint field of a message, 0 where it is not set. */
  private static long number(byte[] bytes, Range message, int field) {
    long value = 0;
    WireCursor cursor = message.cursor(bytes);
    while (cursor.nextField()) {
      if (cursor.fieldNumber() == field) {
        value = integer(cursor);
      } else {
        cursor.skip();
      }
    }
    return value;
  }

  /** A string field of a message, empty where it is not set. */
  private static String text(byte[] bytes, Range message, int field) {
    String value = "";
    WireCursor cursor = message.cursor(bytes);
    while (cursor.nextField()) {
      if (cursor.fieldNumber() == field) {
        value = string(bytes, cursor);
      } else {
        cursor.skip();
      }
    }
    return value;
  }

  private static int integer(WireCursor cursor) {
    expect(cursor, WireType.VARINT);
    return (int) cursor.varint();
  }

  private static String string(byte[] bytes, WireCursor cursor) {
    Range range = inner(cursor);
    return new String(bytes, range.from, range.to - range.from, StandardCharsets.UTF_8);
  }

  private static Range inner(WireCursor cursor) {
    expect(cursor, WireType.LENGTH);
    int length = cursor.length();
    int from = cursor.position();
    cursor.moveTo(from + length);
    return new Range(from, from + length);
  }

  private static void expect(WireCursor cursor, int wireType) {
    if (cursor.wireType() != wireType) {
      throw new WireException(
          "field " + cursor.fieldNumber() + " has the wrong wire type", cursor.fieldStart());
    }
  }

  private record Range(int from, int to) {
    WireCursor cursor(byte[] bytes) {
      return new WireCursor(bytes, from, to);
    }
  }
}
