package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.graft.encoder.GraftInputException.Code;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where in a message a value stands, for the texts of errors. */
record FieldPath(String message, String path, int depth) {
  /**
   * Deeper messages are refused: a map that holds itself would never end. A thread's usual stack
   * has room for about twice as many levels; inputs are not counted, since nobody looks into them.
   */
  static final int DEEPEST = 400;

  private static final int SHOWN_CHARACTERS = 60;

  static FieldPath root(Descriptor message) {
    return new FieldPath(message.getFullName(), "", 0);
  }

  FieldPath field(FieldDescriptor field) {
    return new FieldPath(
        message, path.isEmpty() ? field.getName() : path + "." + field.getName(), depth);
  }

  FieldPath element(Object position) {
    return new FieldPath(message, path + "[" + shown(position) + "]", depth);
  }

  FieldPath deeper() {
    if (depth >= DEEPEST) {
      throw new GraftInputException(
          Code.GRAFT_FIELD_RANGE,
          "A message of "
              + message
              + " is nested more than "
              + DEEPEST
              + " levels deep. Does a map hold itself?");
    }
    return new FieldPath(message, path, depth + 1);
  }

  GraftInputException error(Code code, String text) {
    return new GraftInputException(code, this + " " + text);
  }

  GraftInputException wrongType(String wanted, @Nullable Object given) {
    return error(
        Code.GRAFT_FIELD_TYPE, "must be " + wanted + ", and " + described(given) + " was given");
  }

  GraftInputException outOfRange(String wanted, @Nullable Object given) {
    return error(
        Code.GRAFT_FIELD_RANGE, "must be " + wanted + ", and " + described(given) + " was given");
  }

  static GraftInputException unknown(Descriptor message, String name) {
    return new GraftInputException(
        Code.GRAFT_FIELD_UNKNOWN,
        message.getFullName()
            + " has no field '"
            + shown(name)
            + "'. Its fields: "
            + message.getFields().stream()
                .map(FieldDescriptor::getName)
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static String described(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof ByteString || value instanceof byte[]) {
      return "bytes";
    }
    String type =
        value instanceof Map
            ? "Map"
            : value instanceof Iterable ? "list" : value.getClass().getSimpleName();
    return value instanceof Number || value instanceof Boolean || value instanceof CharSequence
        ? "'" + shown(value) + "' (" + type + ")"
        : "a value of type " + type;
  }

  private static String shown(Object value) {
    String text = value.toString().replaceAll("\\p{Cntrl}", "\u00b7");
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }

  @Override
  public String toString() {
    return "'" + path + "' of " + message;
  }
}
