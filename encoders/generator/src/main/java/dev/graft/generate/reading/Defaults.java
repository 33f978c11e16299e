package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.ScalarKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads defaults: the text of a scalar in protobuf's JSON, without quotes. */
final class Defaults {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,19})");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,309})(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,4})?");

  private static final Map<String, Double> NOT_FINITE =
      Map.of(
          "NaN", Double.NaN,
          "Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY);

  private Defaults() {}

  static DefaultValue parse(FieldDescriptor field, String text, Shape shape, EnumReader enums) {
    if (shape instanceof Shape.Single) {
      if (shape.type() instanceof ValueType.Scalar scalar) {
        return scalar(field, text, scalar.kind());
      }
      if (shape.type() instanceof ValueType.EnumReference) {
        return enumeration(field, text, enums);
      }
    }
    throw Refusals.refuse(
        Code.GRAFT_ANNOTATION_INVALID,
        field,
        "has the default '"
            + text
            + "', but only a single number, truth value, text, bytes or enum can have one.");
  }

  private static DefaultValue scalar(FieldDescriptor field, String text, ScalarKind kind) {
    return switch (kind) {
      case BOOL -> {
        if (!text.equals("true") && !text.equals("false")) {
          throw wrong(field, text, "true or false");
        }
        yield new DefaultValue.BooleanDefault(text.equals("true"));
      }
      case INT32 -> integer(field, text, 31, true);
      case INT64 -> integer(field, text, 63, true);
      case UINT32 -> integer(field, text, 32, false);
      case UINT64 -> integer(field, text, 64, false);
      case FLOAT -> new DefaultValue.FloatingDefault(floating(field, text, true));
      case DOUBLE -> new DefaultValue.FloatingDefault(floating(field, text, false));
      case STRING -> new DefaultValue.TextDefault(text);
      case BYTES -> bytes(field, text);
    };
  }

  private static DefaultValue integer(
      FieldDescriptor field, String text, int bits, boolean signed) {
    BigInteger beyond = BigInteger.ONE.shiftLeft(bits);
    BigInteger least = signed ? beyond.negate() : BigInteger.ZERO;
    BigInteger most = beyond.subtract(BigInteger.ONE);
    if (INTEGER.matcher(text).matches()) {
      BigInteger value = new BigInteger(text);
      if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
        return new DefaultValue.IntegerDefault(value);
      }
    }
    throw wrong(field, text, "a whole number from " + least + " to " + most);
  }

  private static double floating(FieldDescriptor field, String text, boolean single) {
    Double special = NOT_FINITE.get(text);
    if (special != null) {
      return special;
    }
    if (NUMBER.matcher(text).matches()) {
      double value =
          single ? (double) new BigDecimal(text).floatValue() : new BigDecimal(text).doubleValue();
      if (Double.isFinite(value)) {
        return text.startsWith("-") && value == 0 ? -0.0 : value;
      }
    }
    throw wrong(
        field,
        text,
        "a number that a "
            + (single ? "float" : "double")
            + " can hold, NaN, Infinity or -Infinity");
  }

  private static DefaultValue bytes(FieldDescriptor field, String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return new DefaultValue.BytesDefault(Base64.getEncoder().encodeToString(bytes));
    } catch (IllegalArgumentException e) {
      throw wrong(field, text, "bytes in base64");
    }
  }

  private static DefaultValue enumeration(FieldDescriptor field, String text, EnumReader enums) {
    EnumDescriptor type = field.getEnumType();
    EnumValueDescriptor value = type.findValueByName(text);
    if (value == null) {
      throw wrong(
          field,
          text,
          "one of "
              + type.getValues().stream()
                  .map(EnumValueDescriptor::getName)
                  .collect(Collectors.joining(", ")));
    }
    return new DefaultValue.EnumDefault(
        enums.read(type, MessageReader.name(type.getName(), type)).values().get(value.getIndex()));
  }

  private static GenerationException wrong(FieldDescriptor field, String text, String wanted) {
    return Refusals.refuse(
        Code.GRAFT_DEFAULT_INVALID, field, "has the default '" + text + "'. Give " + wanted + ".");
  }
}
