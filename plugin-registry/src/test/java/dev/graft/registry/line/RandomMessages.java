package dev.graft.registry.line;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Random messages of any type, made from its descriptor. */
final class RandomMessages {
  private final Random random;
  private final Predicate<FieldDescriptor> rare;
  private int messagesLeft;

  /**
   * @param messages how many messages inside one another there may be
   * @param rare fields that are set in a few messages only, so that some have none of them
   */
  RandomMessages(long seed, int messages, Predicate<FieldDescriptor> rare) {
    this.random = new Random(seed);
    this.messagesLeft = messages;
    this.rare = rare;
  }

  DynamicMessage of(Descriptor type) {
    messagesLeft--;
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    for (var oneof : type.getRealOneofs()) {
      set(builder, oneOf(oneof.getFields()));
    }
    for (FieldDescriptor field : type.getFields()) {
      boolean leadsOn = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (field.getRealContainingOneof() == null
          && random.nextInt(4) < (leadsOn ? 3 : 2)
          && isWelcome(field)) {
        set(builder, field);
      }
    }
    if (random.nextInt(10) == 0) {
      builder.setUnknownFields(ofNoLine());
    }
    return builder.build();
  }

  private FieldDescriptor oneOf(List<FieldDescriptor> fields) {
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    for (int i = 0; i < 50 && !isWelcome(field); i++) {
      field = fields.get(random.nextInt(fields.size()));
    }
    return field;
  }

  private boolean isWelcome(FieldDescriptor field) {
    return !rare.test(field) || random.nextInt(8) == 0;
  }

  private void set(DynamicMessage.Builder builder, FieldDescriptor field) {
    for (int i = field.isRepeated() ? random.nextInt(3) : 1; i > 0; i--) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && messagesLeft <= 0) {
        return;
      }
      if (field.isRepeated()) {
        builder.addRepeatedField(field, value(field));
      } else {
        builder.setField(field, value(field));
      }
    }
  }

  private Object value(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt(4);
      case LONG -> random.nextLong();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> "text " + random.nextInt(100);
      case BYTE_STRING -> bytes();
      case ENUM -> {
        List<EnumValueDescriptor> values = field.getEnumType().getValues();
        yield values.get(random.nextInt(values.size()));
      }
      case MESSAGE -> message(field);
    };
  }

  private Message message(FieldDescriptor field) {
    if (field.getMessageType().getFullName().equals("google.protobuf.Any")) {
      // Looks like a field of tomorrow, where it is not opaque.
      DynamicMessage.Builder any = DynamicMessage.newBuilder(field.getMessageType());
      return any.setField(field.getMessageType().findFieldByNumber(2), bytes()).build();
    }
    return of(field.getMessageType());
  }

  private ByteString bytes() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private UnknownFieldSet ofNoLine() {
    UnknownFieldSet.Field group =
        UnknownFieldSet.Field.newBuilder()
            .addVarint(random.nextLong())
            .addFixed32(random.nextInt())
            .addFixed64(random.nextLong())
            .addLengthDelimited(bytes())
            .addGroup(
                UnknownFieldSet.newBuilder()
                    .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    return UnknownFieldSet.newBuilder().addField(5000 + random.nextInt(3), group).build();
  }
}
