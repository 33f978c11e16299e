package dev.graft.registry.lowering;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.Random;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;

/**
 * Random messages of any type, made from its descriptor. Extensions carry what is to replace them:
 * the value of an {@code Any} with the type URL {@link #REPLACE} is the serialised node.
 */
final class RandomPlans {
  static final String REPLACE = "type.example/test.Replace";
  static final String LEAVE = "type.example/test.Leave";

  private final Random random;
  private int messagesLeft;

  RandomPlans(long seed, int messages) {
    this(new Random(seed), messages);
  }

  RandomPlans(Random random, int messages) {
    this.random = random;
    this.messagesLeft = messages;
  }

  <M extends Message> M fill(M prototype) {
    Message.Builder builder = prototype.newBuilderForType();
    fill(builder, 0);
    @SuppressWarnings("unchecked")
    M message = (M) builder.build();
    return message;
  }

  private void fill(Message.Builder builder, int depth) {
    messagesLeft--;
    ExtensionSite site = ExtensionSite.of(builder.getDescriptorForType().getFullName());
    for (var oneof : builder.getDescriptorForType().getRealOneofs()) {
      if (random.nextInt(8) != 0) {
        FieldDescriptor field = oneof.getField(random.nextInt(oneof.getFieldCount()));
        if (site != null && random.nextInt(3) == 0) {
          field = builder.getDescriptorForType().findFieldByNumber(site.field());
        }
        set(builder, field, depth);
      }
    }
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      if (field.getRealContainingOneof() == null && random.nextInt(3) != 0) {
        if (field.isRepeated()) {
          for (int i = random.nextInt(3); i > 0; i--) {
            add(builder, field, depth, i);
          }
        } else {
          set(builder, field, depth);
        }
      }
    }
    if (random.nextInt(12) == 0) {
      builder.setUnknownFields(unknownFields());
    }
  }

  private void set(Message.Builder builder, FieldDescriptor field, int depth) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      if (messagesLeft > 0 && depth < 60) {
        builder.setField(field, message(builder.newBuilderForField(field), depth, field));
      }
    } else {
      builder.setField(field, scalar(field));
    }
  }

  private void add(Message.Builder builder, FieldDescriptor field, int depth, int index) {
    if (field.isMapField()) {
      Message.Builder entry = builder.newBuilderForField(field);
      entry.setField(entry.getDescriptorForType().findFieldByNumber(1), key(entry, index));
      set(entry, entry.getDescriptorForType().findFieldByNumber(2), depth + 1);
      builder.addRepeatedField(field, entry.build());
    } else if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      builder.addRepeatedField(field, scalar(field));
    } else if (messagesLeft > 0 && depth < 60) {
      builder.addRepeatedField(field, message(builder.newBuilderForField(field), depth, field));
    }
  }

  private static Object key(Message.Builder entry, int index) {
    FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
    return key.getJavaType() == FieldDescriptor.JavaType.STRING ? "key" + index : index;
  }

  private Message message(Message.Builder builder, int depth, FieldDescriptor field) {
    if (builder instanceof Any.Builder any) {
      messagesLeft--;
      return any(any, depth, field);
    }
    fill(builder, depth + 1);
    return builder.build();
  }

  private Any any(Any.Builder any, int depth, FieldDescriptor field) {
    ExtensionSite site = ExtensionSite.of(field.getContainingType().getFullName());
    Message node =
        site == null || random.nextInt(5) == 0
            ? null
            : switch (site.kind()) {
              case RELATION -> Relation.getDefaultInstance();
              case EXPRESSION -> Expression.getDefaultInstance();
              case COMMAND -> Command.getDefaultInstance();
            };
    if (node == null) {
      return any.setTypeUrl(LEAVE).setValue(bytes()).build();
    }
    Message.Builder answer = node.newBuilderForType();
    fill(answer, depth + 1);
    return any.setTypeUrl(REPLACE).setValue(answer.build().toByteString()).build();
  }

  private Object scalar(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt(5) == 0 ? random.nextInt() : random.nextInt(4);
      // Few different ones, so that plan ids meet.
      case LONG -> (long) random.nextInt(3);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> "text ".repeat(random.nextInt(3)) + random.nextInt(100);
      case BYTE_STRING -> bytes();
      case ENUM -> {
        EnumValueDescriptor value =
            field
                .getEnumType()
                .getValues()
                .get(random.nextInt(field.getEnumType().getValues().size()));
        yield value;
      }
      case MESSAGE -> throw new IllegalArgumentException(field.getFullName());
    };
  }

  private ByteString bytes() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private UnknownFieldSet unknownFields() {
    return UnknownFieldSet.newBuilder()
        .addField(
            5000 + random.nextInt(3),
            UnknownFieldSet.Field.newBuilder()
                .addVarint(random.nextLong())
                .addFixed32(random.nextInt())
                .addFixed64(random.nextLong())
                .addLengthDelimited(bytes())
                .addGroup(
                    UnknownFieldSet.newBuilder()
                        .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build())
        .build();
  }
}
