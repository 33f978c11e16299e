package dev.graft.encoder.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.graft.encoder.GraftInputException;
import dev.graft.encoder.Operations;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Random values of the vectors' messages, encoded by protobuf and by us. */
class RandomMessagesTest {
  private static final VectorFile FILE = VectorFile.read();
  private static final Oracle ORACLE = FILE.oracle();
  private static final Operations OPERATIONS = Operations.of(FILE.descriptors());
  private static final List<String> MESSAGES =
      List.of(
          "Scalars",
          "OptionalScalars",
          "RepeatedScalars",
          "UnpackedScalars",
          "Enums",
          "Node",
          "Outer",
          "MapKeys",
          "MapValues",
          "Choice",
          "Inputs",
          "Defaults",
          "Numbers");
  private static final String[] TEXTS = {
    "", "a", "Z", "10", "9", "\u00e4", "\uff61", "\ue000", "\ud83d\ude80", "\u0000", "ab"
  };

  @Property(tries = 3000)
  void ourBytesAreProtobufs(@ForAll long seed) {
    Random random = new Random(seed);
    String message = "graft.vectors.v1." + MESSAGES.get(random.nextInt(MESSAGES.size()));
    Descriptor type = ORACLE.message(message);
    JsonObject values = values(type, random, 4);

    ByteString bytes =
        OPERATIONS.operation(message).withAll(JavaValues.fields(type, values)).bytes();

    assertThat(bytes).isEqualTo(ORACLE.encode(message, values));
    assertThat(JavaValues.comparable(OPERATIONS.decode(message, bytes)))
        .isEqualTo(JavaValues.comparable(JavaValues.fields(type, ORACLE.decode(message, bytes))));
  }

  @Property(tries = 3000)
  void anyBytesAreDecodedOrRefused(@ForAll @Size(max = 60) byte[] bytes, @ForAll long seed) {
    Random random = new Random(seed);
    List<JsonObject> vectors = VectorFile.objects(FILE.vectors());
    JsonObject vector = vectors.get(random.nextInt(vectors.size()));
    byte[] damaged = HexFormat.of().parseHex(vector.get("extension").getAsString());
    for (int change = 0; change < bytes.length && damaged.length > 0; change++) {
      damaged[random.nextInt(damaged.length)] = bytes[change];
    }
    for (byte[] hostile : List.of(bytes, damaged)) {
      assertThatCode(
              () ->
                  OPERATIONS.decodeWithZeros(
                      vector.get("message").getAsString(), ByteString.copyFrom(hostile)))
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isNull(),
              thrown ->
                  assertThat(thrown)
                      .isInstanceOfSatisfying(
                          GraftInputException.class,
                          refusal -> assertThat(refusal.code()).isEqualTo("GRAFT_BYTES_INVALID")));
    }
  }

  @Property(tries = 500)
  void anyDescriptorsAreLinkedOrRefused(@ForAll @Size(max = 40) byte[] bytes, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] damaged = FILE.descriptors().toByteArray();
    for (byte change : bytes) {
      damaged[random.nextInt(damaged.length)] = change;
    }
    for (byte[] hostile : List.of(bytes, damaged)) {
      assertThatCode(() -> Operations.of(hostile))
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isNull(),
              thrown ->
                  assertThat(thrown)
                      .isInstanceOfSatisfying(
                          GraftInputException.class,
                          refusal ->
                              assertThat(refusal.code()).isEqualTo("GRAFT_DESCRIPTORS_INVALID")));
    }
  }

  private static JsonObject values(Descriptor type, Random random, int depth) {
    JsonObject values = new JsonObject();
    Set<OneofDescriptor> taken = new HashSet<>();
    boolean all = type.getName().equals("Join"); // One of its fields is required.
    for (FieldDescriptor field : type.getFields()) {
      if ((!all && random.nextInt(3) == 0)
          || (field.getRealContainingOneof() != null
              && !taken.add(field.getRealContainingOneof()))) {
        continue;
      }
      if (!field.isRepeated()) {
        add(values, field.getName(), single(field, random, depth));
      } else if (field.isMapField()) {
        values.add(field.getName(), map(field, random, depth));
      } else {
        JsonArray list = new JsonArray();
        for (int length = random.nextInt(4); length > 0; length--) {
          JsonElement element = single(field, random, depth);
          if (element != null) {
            list.add(element);
          }
        }
        values.add(field.getName(), list);
      }
    }
    return values;
  }

  private static JsonObject map(FieldDescriptor field, Random random, int depth) {
    JsonObject map = new JsonObject();
    for (int size = random.nextInt(5); size > 0; size--) {
      JsonElement key = single(field.getMessageType().findFieldByNumber(1), random, depth);
      if (key != null) {
        add(
            map,
            key.getAsString(),
            single(field.getMessageType().findFieldByNumber(2), random, depth));
      }
    }
    return map;
  }

  private static void add(JsonObject object, String name, @Nullable JsonElement value) {
    if (value != null) {
      object.add(name, value);
    }
  }

  private static @Nullable JsonElement single(FieldDescriptor field, Random random, int depth) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> new JsonPrimitive(bits(random).intValue());
      case UINT32, FIXED32 -> new JsonPrimitive(Integer.toUnsignedLong(bits(random).intValue()));
      case INT64, SINT64, SFIXED64 -> new JsonPrimitive(bits(random).toString());
      case UINT64, FIXED64 -> new JsonPrimitive(Long.toUnsignedString(bits(random)));
      case DOUBLE -> floating(Double.longBitsToDouble(bits(random)));
      case FLOAT -> floating(Float.intBitsToFloat(bits(random).intValue()));
      case BOOL -> new JsonPrimitive(random.nextBoolean());
      case STRING ->
          new JsonPrimitive(
              TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)]);
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        yield new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
      }
      case ENUM -> {
        List<EnumValueDescriptor> named = field.getEnumType().getValues();
        yield random.nextInt(4) == 0
            ? new JsonPrimitive(bits(random).intValue())
            : new JsonPrimitive(named.get(random.nextInt(named.size())).getName());
      }
      case MESSAGE ->
          field.getMessageType().getFullName().startsWith("google.")
              ? new JsonObject()
              : depth == 0 ? null : values(field.getMessageType(), random, depth - 1);
      case GROUP -> throw new IllegalArgumentException("No groups in proto3");
    };
  }

  /** Numbers of every magnitude, of either sign. */
  private static Long bits(Random random) {
    long bits = random.nextLong() >>> random.nextInt(64);
    return random.nextBoolean() ? bits : ~bits;
  }

  private static JsonPrimitive floating(Number number) {
    double value = number.doubleValue();
    return Double.isNaN(value) || Double.isInfinite(value)
        ? new JsonPrimitive(String.valueOf(value))
        : new JsonPrimitive(number);
  }
}
