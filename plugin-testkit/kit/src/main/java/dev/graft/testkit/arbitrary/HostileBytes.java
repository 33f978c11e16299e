package dev.graft.testkit.arbitrary;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Bytes that claim to be a message. */
final class HostileBytes {
  private static final int DEEPEST = 5_000;

  private HostileBytes() {}

  static Arbitrary<byte[]> of(Descriptor type) {
    return Arbitraries.randomValue(random -> make(type, random));
  }

  private static byte[] make(Descriptor type, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> noise(random, 200);
      case 1 -> cutOff(message(type, random), random);
      case 2 -> flipped(message(type, random), random);
      case 3 -> twice(message(type, random), message(type, random));
      case 4 -> otherWireTypes(type, random);
      case 5 -> lyingLength(type, random);
      case 6 -> deep(type, random);
      default -> withUnknownFields(type, random);
    };
  }

  private static byte[] message(Descriptor type, Random random) {
    return new MessageFiller(random, 1 + random.nextInt(20))
        .fill(DynamicMessage.getDefaultInstance(type))
        .toByteArray();
  }

  private static byte[] noise(Random random, int most) {
    byte[] noise = new byte[random.nextInt(most)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] cutOff(byte[] message, Random random) {
    return Arrays.copyOf(message, random.nextInt(message.length + 1));
  }

  private static byte[] flipped(byte[] message, Random random) {
    for (int flips = 1 + random.nextInt(4); flips > 0 && message.length > 0; flips--) {
      message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return message;
  }

  /** Fields that are not repeated then stand twice: protobuf merges them. */
  private static byte[] twice(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static byte[] otherWireTypes(Descriptor type, Random random) {
    UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
    for (FieldDescriptor field : type.getFields()) {
      boolean takesLength = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      fields.addField(
          field.getNumber(),
          takesLength
              ? UnknownFieldSet.Field.newBuilder().addVarint(random.nextLong()).build()
              : UnknownFieldSet.Field.newBuilder()
                  .addLengthDelimited(ByteString.copyFrom(noise(random, 20)))
                  .build());
    }
    return fields.build().toByteArray();
  }

  private static byte[] lyingLength(Descriptor type, Random random) {
    int field = number(type, random);
    ByteString.Output out = ByteString.newOutput();
    varint(out, ((long) field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    varint(out, random.nextBoolean() ? Integer.MAX_VALUE : -1L);
    return out.toByteString().toByteArray();
  }

  /** A group of the same number inside itself, as long as anything reads on. */
  private static byte[] deep(Descriptor type, Random random) {
    int field = number(type, random);
    ByteString.Output tags = ByteString.newOutput();
    int levels = 100 + random.nextInt(DEEPEST);
    for (int level = 0; level < levels; level++) {
      varint(tags, ((long) field << 3) | WireFormat.WIRETYPE_START_GROUP);
    }
    for (int level = 0; level < levels; level++) {
      varint(tags, ((long) field << 3) | WireFormat.WIRETYPE_END_GROUP);
    }
    return tags.toByteString().toByteArray();
  }

  private static byte[] withUnknownFields(Descriptor type, Random random) {
    byte[] unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                5_000 + random.nextInt(1_000),
                UnknownFieldSet.Field.newBuilder()
                    .addVarint(random.nextLong())
                    .addLengthDelimited(ByteString.copyFrom(noise(random, 50)))
                    .build())
            .build()
            .toByteArray();
    return twice(message(type, random), unknown);
  }

  private static int number(Descriptor type, Random random) {
    List<FieldDescriptor> fields = type.getFields();
    return fields.isEmpty() ? 1 : fields.get(random.nextInt(fields.size())).getNumber();
  }

  private static void varint(ByteString.Output out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
