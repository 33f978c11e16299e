package dev.graft.encoder;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import dev.graft.encoder.GraftInputException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@code google.protobuf} for which Java has a value of its own. What a user gives
 * for one becomes an object of its fields, which is encoded like any other, and the other way
 * round.
 */
final class WellKnownTypes {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final long MOST_SECONDS = 315_576_000_000L;
  private static final Set<String> WRAPPERS =
      Set.of(
          "google.protobuf.DoubleValue",
          "google.protobuf.FloatValue",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt64Value",
          "google.protobuf.Int32Value",
          "google.protobuf.UInt32Value",
          "google.protobuf.BoolValue",
          "google.protobuf.StringValue",
          "google.protobuf.BytesValue");

  private WellKnownTypes() {}

  /** Whether null is a value of the type. */
  static boolean takesNull(String type) {
    return type.equals("google.protobuf.Value");
  }

  /**
   * The fields of a value of a well-known type.
   *
   * @return empty if the type is none, or the value is no special one of it
   */
  static Optional<Map<String, ?>> fields(
      String type, @Nullable Object value, FieldPath path, Inputs inputs) {
    if (WRAPPERS.contains(type)) {
      return value == null || value instanceof Map ? Optional.empty() : of("value", value);
    }
    return switch (type) {
      case "google.protobuf.Timestamp" ->
          value instanceof Instant instant
              ? Optional.of(timestamp(instant, path))
              : Optional.empty();
      case "google.protobuf.Duration" ->
          value instanceof Duration duration
              ? Optional.of(duration(duration, path))
              : Optional.empty();
      case "google.protobuf.FieldMask" ->
          value instanceof List<?> paths ? of("paths", paths) : Optional.empty();
      case "google.protobuf.Struct" ->
          value instanceof Map<?, ?> map ? of("fields", map) : Optional.empty();
      case "google.protobuf.ListValue" ->
          value instanceof List<?> list ? of("values", list) : Optional.empty();
      case "google.protobuf.Value" -> Optional.of(value(value, path));
      case "google.protobuf.Any" -> any(value, inputs);
      default -> Optional.empty();
    };
  }

  private static Optional<Map<String, ?>> of(String name, Object value) {
    return Optional.of(Map.of(name, value));
  }

  private static Map<String, ?> timestamp(Instant instant, FieldPath path) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw path.outOfRange("a time of the years 1 to 9999", instant);
    }
    return Map.of("seconds", instant.getEpochSecond(), "nanos", instant.getNano());
  }

  private static Map<String, ?> duration(Duration duration, FieldPath path) {
    long seconds = duration.getSeconds();
    int nanos = duration.getNano();
    // Java counts from the second below, protobuf wants both parts of one sign.
    if (seconds < 0 && nanos > 0) {
      seconds++;
      nanos -= 1_000_000_000;
    }
    if (Math.abs(seconds) > MOST_SECONDS) {
      throw path.outOfRange("at most " + MOST_SECONDS + " seconds either way", duration);
    }
    return Map.of("seconds", seconds, "nanos", nanos);
  }

  private static Map<String, ?> value(@Nullable Object value, FieldPath path) {
    if (value == null || value instanceof NullValue) {
      return Map.of("null_value", 0);
    } else if (value instanceof Boolean) {
      return Map.of("bool_value", value);
    } else if (value instanceof Number number) {
      double converted = number.doubleValue();
      if (!Double.isFinite(converted)) {
        throw path.error(Code.GRAFT_FIELD_RANGE, "must be a finite number, as JSON has them");
      }
      return Map.of("number_value", converted);
    } else if (value instanceof CharSequence) {
      return Map.of("string_value", value);
    } else if (value instanceof List) {
      return Map.of("list_value", value);
    } else if (value instanceof Map) {
      return Map.of("struct_value", value);
    } else if (value instanceof Struct struct) {
      return Map.of("struct_value", struct);
    } else if (value instanceof ListValue list) {
      return Map.of("list_value", list);
    }
    throw path.wrongType("what JSON can hold: null, true, a number, a text, a list, a map", value);
  }

  private static Optional<Map<String, ?>> any(@Nullable Object value, Inputs inputs) {
    if (value instanceof NamedValues values) {
      return Optional.of(Map.of("type_url", values.typeUrl(), "value", values.bytes(inputs)));
    } else if (value instanceof Message message && !(value instanceof Any)) {
      return Optional.of(
          Map.of(
              "type_url",
              Extensions.TYPE_URL_PREFIX + message.getDescriptorForType().getFullName(),
              "value",
              NamedValues.deterministic(message)));
    }
    return Optional.empty();
  }

  /** What Java has for a message whose fields were decoded; the fields themselves if nothing. */
  static @Nullable Object nativeValue(
      String type, Map<String, @Nullable Object> fields, Object zero) {
    if (WRAPPERS.contains(type)) {
      Object wrapped = fields.get("value");
      return wrapped == null ? zero : wrapped;
    }
    return switch (type) {
      case "google.protobuf.Timestamp" ->
          Instant.ofEpochSecond(number(fields, "seconds"), number(fields, "nanos"));
      case "google.protobuf.Duration" ->
          Duration.ofSeconds(number(fields, "seconds"), number(fields, "nanos"));
      case "google.protobuf.FieldMask" -> listOr(fields.get("paths"));
      case "google.protobuf.ListValue" -> listOr(fields.get("values"));
      case "google.protobuf.Struct" -> {
        Object inner = fields.get("fields");
        yield inner == null ? new LinkedHashMap<>() : inner;
      }
      case "google.protobuf.Value" ->
          fields.containsKey("null_value")
              ? null
              : fields.values().stream().findFirst().orElse(null);
      case "google.protobuf.Any" ->
          Any.newBuilder()
              .setTypeUrl((String) fields.getOrDefault("type_url", ""))
              .setValue((ByteString) fields.getOrDefault("value", ByteString.EMPTY))
              .build();
      default -> fields;
    };
  }

  private static long number(Map<String, @Nullable Object> fields, String name) {
    return fields.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static Object listOr(@Nullable Object list) {
    return list == null ? new ArrayList<>() : list;
  }
}
