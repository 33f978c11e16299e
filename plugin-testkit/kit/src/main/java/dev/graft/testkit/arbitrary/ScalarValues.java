package dev.graft.testkit.arbitrary;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Random;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;

/** Random values of fields that hold no message: mostly such as clients send. */
final class ScalarValues {
  /** Names of columns; few, so that messages and schemas often have the same. */
  static final List<String> NAMES =
      List.of("id", "name", "amount", "when", "a.b", "a`b", "two words", "größe", "名前", "ID");

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "`",
          "'",
          "\"",
          "\\",
          "%s",
          "*",
          "a.*",
          "\u0000",
          "\n",
          "\ud83d\ude00",
          "$1",
          "'; DROP TABLE t; --",
          "x".repeat(5_000));

  private static final List<Double> ODD_NUMBERS =
      List.of(
          0d,
          -0d,
          -1d,
          0.5,
          1e300,
          Double.MIN_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private final Random random;

  ScalarValues(Random random) {
    this.random = random;
  }

  Object of(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> (float) real();
      case DOUBLE -> real();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text();
      case BYTE_STRING -> bytes();
      case ENUM -> constant(field.getEnumType().getValues());
      case MESSAGE -> throw new IllegalArgumentException(field.getFullName());
    };
  }

  private long whole(long least, long greatest) {
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> random.nextBoolean() ? least : greatest;
      case 3 -> random.nextInt(100_000);
      default -> 1 + random.nextInt(9);
    };
  }

  private double real() {
    return random.nextInt(4) == 0
        ? ODD_NUMBERS.get(random.nextInt(ODD_NUMBERS.size()))
        : random.nextInt(1_000) / 1_000d;
  }

  String text() {
    return random.nextInt(6) == 0
        ? ODD_TEXTS.get(random.nextInt(ODD_TEXTS.size()))
        : NAMES.get(random.nextInt(NAMES.size()));
  }

  /** Some clients send inner relations as bytes. */
  private ByteString bytes() {
    if (random.nextInt(2) == 0) {
      return Relation.newBuilder()
          .setRange(Range.newBuilder().setEnd(random.nextInt(9)).setStep(1))
          .build()
          .toByteString();
    }
    byte[] noise = new byte[random.nextInt(40)];
    random.nextBytes(noise);
    return ByteString.copyFrom(noise);
  }

  private EnumValueDescriptor constant(List<EnumValueDescriptor> values) {
    return values.get(random.nextInt(values.size()));
  }
}
