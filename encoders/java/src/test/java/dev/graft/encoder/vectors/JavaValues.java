package dev.graft.encoder.vectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Between the JSON of the vectors and the values that a Java program gives and gets. What does not
 * fit stays what it is in JSON, so that the encoder has something to refuse.
 */
final class JavaValues {
  private JavaValues() {}

  /** The fields of a message; its descriptor has bytes in place of inputs, as the oracle's have. */
  static Map<String, @Nullable Object> fields(Descriptor type, JsonObject json) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    json.entrySet()
        .forEach(
            entry -> {
              FieldDescriptor field = type.findFieldByName(entry.getKey());
              values.put(
                  entry.getKey(),
                  field == null ? plain(entry.getValue()) : value(field, entry.getValue()));
            });
    return values;
  }

  private static @Nullable Object value(FieldDescriptor field, JsonElement json) {
    if (field.isMapField() && json.isJsonObject()) {
      Map<Object, @Nullable Object> map = new LinkedHashMap<>();
      json.getAsJsonObject()
          .entrySet()
          .forEach(
              entry ->
                  map.put(
                      key(field.getMessageType().findFieldByName("key"), entry.getKey()),
                      single(field.getMessageType().findFieldByName("value"), entry.getValue())));
      return map;
    } else if (field.isRepeated() && json.isJsonArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      json.getAsJsonArray().forEach(element -> list.add(single(field, element)));
      return list;
    }
    return field.isRepeated() ? plain(json) : single(field, json);
  }

  private static Object key(FieldDescriptor field, String text) {
    return switch (field.getType()) {
      case STRING -> text;
      case BOOL ->
          text.equals("true") || text.equals("false") ? (Object) text.equals("true") : text;
      default -> text.matches("-?[0-9]+") ? new BigInteger(text) : text;
    };
  }

  private static @Nullable Object single(FieldDescriptor field, JsonElement json) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return message(field.getMessageType(), json);
    }
    if (!(json instanceof JsonPrimitive primitive) || !primitive.isString()) {
      return plain(json);
    }
    String text = primitive.getAsString();
    return switch (field.getType()) {
      case INT64, UINT64, SINT64, FIXED64, SFIXED64 ->
          text.matches("-?[0-9]+") ? new BigInteger(text) : text;
      case DOUBLE, FLOAT -> text.matches("NaN|-?Infinity") ? (Object) Double.valueOf(text) : text;
      case BYTES -> ByteString.copyFrom(Base64.getDecoder().decode(text));
      default -> text;
    };
  }

  private static @Nullable Object message(Descriptor type, JsonElement json) {
    try {
      switch (type.getFullName()) {
        case "google.protobuf.Timestamp" -> {
          var time = Timestamps.parse(json.getAsString());
          return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
        }
        case "google.protobuf.Duration" -> {
          var time = Durations.parse(json.getAsString());
          return Duration.ofSeconds(time.getSeconds(), time.getNanos());
        }
        case "google.protobuf.FieldMask" -> {
          String paths = json.getAsString();
          // The JSON mapping has them in camel case.
          return paths.isEmpty()
              ? List.of()
              : List.of(
                  paths.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT).split(","));
        }
        case "google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue" -> {
          return plain(json);
        }
        case "graft.twin.AnyFields" -> {
          Map<String, @Nullable Object> fields = fields(type, json.getAsJsonObject());
          return Any.newBuilder()
              .setTypeUrl((String) fields.getOrDefault("type_url", ""))
              .setValue((ByteString) fields.getOrDefault("value", ByteString.EMPTY))
              .build();
        }
        default -> {
          if (type.getFullName().startsWith("google.protobuf.") && type.getFields().size() == 1) {
            return single(type.getFields().get(0), json);
          }
          return json.isJsonObject() ? fields(type, json.getAsJsonObject()) : plain(json);
        }
      }
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static @Nullable Object plain(JsonElement json) {
    if (json instanceof JsonNull) {
      return null;
    } else if (json instanceof JsonArray array) {
      List<@Nullable Object> list = new ArrayList<>();
      array.forEach(element -> list.add(plain(element)));
      return list;
    } else if (json instanceof JsonObject object) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      object.entrySet().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    JsonPrimitive primitive = json.getAsJsonPrimitive();
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    } else if (!primitive.isNumber()) {
      return primitive.getAsString();
    }
    String text = primitive.getAsString();
    return text.matches("-?[0-9]+")
        ? (Number) new BigInteger(text)
        : text.equals("-0.0") ? (Number) (-0.0) : (Number) new BigDecimal(text);
  }

  /** Decoded values with numbers in one form, so that two ways of decoding can be compared. */
  static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> same = new LinkedHashMap<>();
      map.forEach((key, element) -> same.put(String.valueOf(key), comparable(element)));
      return same;
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> same = new ArrayList<>();
      list.forEach(element -> same.add(comparable(element)));
      return same;
    } else if (value instanceof Number number) {
      double floating = number.doubleValue();
      if (Double.isNaN(floating) || Double.isInfinite(floating)) {
        return String.valueOf(floating);
      } else if (floating == 0 && 1 / floating < 0) {
        return "-0.0";
      }
      return new BigDecimal(number.toString()).stripTrailingZeros();
    }
    return value;
  }
}
