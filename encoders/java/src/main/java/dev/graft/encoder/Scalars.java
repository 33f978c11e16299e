package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.graft.encoder.GraftInputException.Code;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Scalars and enums: from the user's values to those that protobuf's output takes, which has
 * unsigned numbers as signed ones of the same bits, texts as their UTF-8 bytes and enums as
 * numbers.
 */
final class Scalars {
  private static final double FLOAT_LIMIT = 0x1.ffffffp127;

  private Scalars() {}

  static Object checked(FieldDescriptor field, @Nullable Object value, FieldPath path) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> whole(value, 32, true, path).intValue();
      case UINT32, FIXED32 -> whole(value, 32, false, path).intValue();
      case INT64, SINT64, SFIXED64 -> whole(value, 64, true, path).longValue();
      case UINT64, FIXED64 -> whole(value, 64, false, path).longValue();
      case DOUBLE -> canonical(fraction(value, path));
      case FLOAT -> single(fraction(value, path), value, path);
      case BOOL -> {
        if (value instanceof Boolean) {
          yield value;
        }
        throw path.wrongType("true or false", value);
      }
      case STRING -> text(value, path);
      case BYTES -> bytes(value, path);
      case ENUM -> enumNumber(field, value, path);
      case MESSAGE, GROUP -> throw new IllegalArgumentException(field + " is no scalar");
    };
  }

  private static BigInteger whole(
      @Nullable Object value, int bits, boolean signed, FieldPath path) {
    String type = (signed ? "a signed " : "an unsigned ") + bits + "-bit whole number";
    BigInteger number;
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      number = BigInteger.valueOf(((Number) value).longValue());
    } else if (value instanceof BigInteger big) {
      number = big;
    } else {
      throw path.wrongType(type, value);
    }
    boolean fits =
        signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    if (!fits) {
      throw path.outOfRange(type, value);
    }
    return number;
  }

  private static double fraction(@Nullable Object value, FieldPath path) {
    if (value instanceof Number number) {
      double converted = number.doubleValue();
      if (Double.isInfinite(converted) && !(value instanceof Double || value instanceof Float)) {
        throw path.outOfRange("a number that a double can hold", value);
      }
      return converted;
    }
    throw path.wrongType("a number", value);
  }

  /** Bits of a NaN say nothing, and differ between machines. */
  private static double canonical(double value) {
    return Double.isNaN(value) ? Double.NaN : value;
  }

  private static float single(double number, @Nullable Object value, FieldPath path) {
    if (Math.abs(number) >= FLOAT_LIMIT && !Double.isInfinite(number)) {
      throw path.outOfRange("a number that a float can hold", value);
    }
    return Double.isNaN(number) ? Float.NaN : (float) number;
  }

  static ByteString text(@Nullable Object value, FieldPath path) {
    if (!(value instanceof CharSequence text)) {
      throw path.wrongType("a text", value);
    }
    try {
      return ByteString.copyFrom(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
    } catch (CharacterCodingException e) {
      throw path.error(
          Code.GRAFT_FIELD_RANGE,
          "holds half of a surrogate pair, which UTF-8 cannot hold; give whole characters");
    }
  }

  private static ByteString bytes(@Nullable Object value, FieldPath path) {
    if (value instanceof ByteString bytes) {
      return bytes;
    } else if (value instanceof byte[] array) {
      return ByteString.copyFrom(array);
    }
    throw path.wrongType("bytes, as ByteString or byte[]", value);
  }

  private static int enumNumber(FieldDescriptor field, @Nullable Object value, FieldPath path) {
    if (value instanceof CharSequence || value instanceof Enum<?>) {
      String name = value instanceof Enum<?> constant ? constant.name() : value.toString();
      EnumValueDescriptor named = field.getEnumType().findValueByName(name);
      if (named == null) {
        throw path.outOfRange("one of " + names(field), name);
      }
      return named.getNumber();
    }
    if (value instanceof Boolean || value == null || !(value instanceof Number)) {
      throw path.wrongType("the name or the number of an enum's value", value);
    }
    int number = whole(value, 32, true, path).intValue();
    if (field.legacyEnumFieldTreatedAsClosed()
        && field.getEnumType().findValueByNumber(number) == null) {
      throw path.outOfRange("one of " + names(field), value);
    }
    return number;
  }

  private static String names(FieldDescriptor field) {
    return field.getEnumType().getValues().stream()
        .map(EnumValueDescriptor::getName)
        .collect(Collectors.joining(", "));
  }

  /** Whether a field without presence leaves the value out. */
  static boolean isZero(Object checked) {
    if (checked instanceof Double number) {
      return Double.doubleToRawLongBits(number) == 0;
    } else if (checked instanceof Float number) {
      return Float.floatToRawIntBits(number) == 0;
    } else if (checked instanceof Number number) {
      return number.longValue() == 0;
    } else if (checked instanceof Boolean truth) {
      return !truth;
    }
    return ((ByteString) checked).isEmpty();
  }

  static void write(CodedOutputStream out, FieldDescriptor field, Object checked)
      throws IOException {
    switch (field.getType()) {
      case INT32 -> out.writeInt32NoTag((Integer) checked);
      case SINT32 -> out.writeSInt32NoTag((Integer) checked);
      case SFIXED32, FIXED32 -> out.writeFixed32NoTag((Integer) checked);
      case UINT32 -> out.writeUInt32NoTag((Integer) checked);
      case INT64, UINT64 -> out.writeUInt64NoTag((Long) checked);
      case SINT64 -> out.writeSInt64NoTag((Long) checked);
      case SFIXED64, FIXED64 -> out.writeFixed64NoTag((Long) checked);
      case DOUBLE -> out.writeDoubleNoTag((Double) checked);
      case FLOAT -> out.writeFloatNoTag((Float) checked);
      case BOOL -> out.writeBoolNoTag((Boolean) checked);
      case ENUM -> out.writeEnumNoTag((Integer) checked);
      case STRING, BYTES, MESSAGE -> out.writeBytesNoTag((ByteString) checked);
      case GROUP -> throw new IllegalArgumentException("Groups are written by their tags");
    }
  }
}
