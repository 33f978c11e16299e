package dev.graft.registry.descriptor;

import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireType;
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
        readFile(inner(set));
      } else {
        set.skip();
      }
    }
  }

  private void readFile(Slice file) {
    // The package stands before the types in what protoc writes, but need not.
    String packageName = "";
    WireCursor first = new WireCursor(file);
    while (first.nextField()) {
      if (first.fieldNumber() == 2) {
        packageName = string(first);
      } else {
        first.skip();
      }
    }
    WireCursor types = new WireCursor(file);
    while (types.nextField()) {
      switch (types.fieldNumber()) {
        case 4 -> readMessage(inner(types), packageName, 0);
        case 5 -> readEnum(inner(types), packageName);
        default -> types.skip();
      }
    }
  }

  private void readMessage(Slice message, String scope, int nesting) {
    if (nesting == MAX_NESTING) {
      throw new WireException("message types are nested too deep", message.from());
    }
    String name = "";
    boolean mapEntry = false;
    List<FieldDescriptor> fields = new ArrayList<>();
    List<String> oneofs = new ArrayList<>();
    List<Slice> nested = new ArrayList<>();
    List<Slice> nestedEnums = new ArrayList<>();
    WireCursor cursor = new WireCursor(message);
    while (cursor.nextField()) {
      switch (cursor.fieldNumber()) {
        case 1 -> name = string(cursor);
        case 2 -> fields.add(readField(inner(cursor)));
        case 3 -> nested.add(inner(cursor));
        case 4 -> nestedEnums.add(inner(cursor));
        case 7 -> mapEntry = number(inner(cursor), 7) != 0;
        case 8 -> oneofs.add(text(inner(cursor), 1));
        default -> cursor.skip();
      }
    }
    String fullName = join(scope, name);
    messages.put(fullName, new MessageDescriptor(fullName, fields, oneofs, mapEntry));
    for (Slice range : nested) {
      readMessage(range, fullName, nesting + 1);
    }
    for (Slice range : nestedEnums) {
      readEnum(range, fullName);
    }
  }

  private static FieldDescriptor readField(Slice field) {
    String name = "";
    int number = 0;
    int type = 0;
    boolean repeated = false;
    boolean optional = false;
    int oneof = -1;
    @Nullable String typeName = null;
    WireCursor cursor = new WireCursor(field);
    while (cursor.nextField()) {
      switch (cursor.fieldNumber()) {
        case 1 -> name = string(cursor);
        case 3 -> number = integer(cursor);
        case 4 -> repeated = integer(cursor) == LABEL_REPEATED;
        case 5 -> type = integer(cursor);
        case 6 -> typeName = string(cursor);
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

  private void readEnum(Slice enumeration, String scope) {
    String name = "";
    Map<Integer, String> values = new HashMap<>();
    WireCursor cursor = new WireCursor(enumeration);
    while (cursor.nextField()) {
      switch (cursor.fieldNumber()) {
        case 1 -> name = string(cursor);
        case 2 -> {
          Slice value = inner(cursor);
          values.put((int) number(value, 2), text(value, 1));
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
  private static long number(Slice message, int field) {
    long value = 0;
    WireCursor cursor = new WireCursor(message);
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
  private static String text(Slice message, int field) {
    String value = "";
    WireCursor cursor = new WireCursor(message);
    while (cursor.nextField()) {
      if (cursor.fieldNumber() == field) {
        value = string(cursor);
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

  private static String string(WireCursor cursor) {
    return inner(cursor).utf8();
  }

  private static Slice inner(WireCursor cursor) {
    expect(cursor, WireType.LENGTH);
    return cursor.content();
  }

  private static void expect(WireCursor cursor, int wireType) {
    if (cursor.wireType() != wireType) {
      throw new WireException(
          "field " + cursor.fieldNumber() + " has the wrong wire type", cursor.fieldStart());
    }
  }
}
