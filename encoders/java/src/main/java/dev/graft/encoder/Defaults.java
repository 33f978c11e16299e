package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.graft.encoder.GraftInputException.Code;
import java.math.BigInteger;
import java.util.Base64;

/** The values that the authors of messages have written into the descriptors. */
final class Defaults {
  private Defaults() {}

  /**
   * The value that a default's text stands for, as a user would give it.
   *
   * @param path the field's place
   */
  static Object value(FieldDescriptor field, String text, FieldPath path) {
    if (field.isRepeated()) {
      throw invalid(path, text);
    }
    try {
      return switch (field.getType()) {
        case INT32, SINT32, SFIXED32, UINT32, FIXED32, INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
            new BigInteger(text);
        // Double.valueOf knows the mapping's NaN and Infinity, and would round a float twice.
        case DOUBLE -> Double.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case BOOL -> truth(text, path);
        case STRING -> text;
        case BYTES -> ByteString.copyFrom(Base64.getDecoder().decode(text));
        case ENUM ->
            field.getEnumType().findValueByName(text) == null ? new BigInteger(text) : text;
        case MESSAGE, GROUP -> throw invalid(path, text);
      };
    } catch (NumberFormatException e) {
      throw invalid(path, text);
    } catch (GraftInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw invalid(path, text); // Not base64.
    }
  }

  private static boolean truth(String text, FieldPath path) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw invalid(path, text);
  }

  private static GraftInputException invalid(FieldPath path, String text) {
    return path.error(
        Code.GRAFT_DESCRIPTORS_INVALID,
        "has the default '" + text + "', which no value of its type is; give a value yourself");
  }
}
