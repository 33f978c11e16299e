package dev.graft.testkit.arbitrary;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;
import org.apache.spark.connect.proto.Relation;

/** Fills one message at random, as its descriptor allows. */
final class MessageFiller {
  private static final String ANY = "google.protobuf.Any";

  /** Far below the hundred levels that protobuf reads unless told otherwise. */
  private static final int DEEPEST = 24;

  private static final List<String> LEAVES = List.of("read", "range", "local_relation", "sql");

  private final Random random;
  private final ScalarValues scalars;
  private int messagesLeft;

  /**
   * For one message.
   *
   * @param messages about how many messages it may hold
   */
  MessageFiller(Random random, int messages) {
    this.random = random;
    this.scalars = new ScalarValues(random);
    this.messagesLeft = messages;
  }

  <M extends Message> M fill(M prototype) {
    Message.Builder builder = prototype.newBuilderForType();
    fill(builder, 0);
    @SuppressWarnings("unchecked") // a builder makes messages of its own type
    M message = (M) builder.build();
    return message;
  }

  private void fill(Message.Builder builder, int depth) {
    messagesLeft--;
    for (OneofDescriptor oneof : builder.getDescriptorForType().getRealOneofs()) {
      if (random.nextInt(20) != 0) {
        set(builder, choose(oneof, depth), depth);
      }
    }
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      if (field.getRealContainingOneof() != null) {
        continue;
      }
      if (field.isRepeated()) {
        for (int count = random.nextInt(4); count > 0; count--) {
          add(builder, field, depth, count);
        }
      } else if (random.nextInt(8) != 0) {
        set(builder, field, depth);
      }
    }
  }

  /**
   * A member that can be set; where no more messages may be nested, preferably one that is no
   * message.
   */
  private FieldDescriptor choose(OneofDescriptor oneof, int depth) {
    boolean isRelation = isRelation(oneof);
    boolean mayNest = mayNest(depth);
    List<FieldDescriptor> members =
        oneof.getFields().stream()
            .filter(field -> !isAny(field))
            .filter(field -> !isRelation || mayNest || LEAVES.contains(field.getName()))
            .toList();
    if (isRelation && random.nextInt(3) == 0) {
      members = members.stream().filter(field -> LEAVES.contains(field.getName())).toList();
    }
    return members.get(random.nextInt(members.size()));
  }

  private static boolean isRelation(OneofDescriptor oneof) {
    return oneof.getContainingType().getFullName().equals(Relation.getDescriptor().getFullName());
  }

  private boolean mayNest(int depth) {
    return messagesLeft > 0 && depth < DEEPEST;
  }

  private void set(Message.Builder builder, FieldDescriptor field, int depth) {
    if (field.getJavaType() != JavaType.MESSAGE) {
      builder.setField(field, scalars.of(field));
    } else if (!isAny(field) && (depth == 0 || mayNest(depth) || isLeaf(field))) {
      builder.setField(field, message(builder.newBuilderForField(field), depth));
    }
  }

  private static boolean isLeaf(FieldDescriptor field) {
    return field.getRealContainingOneof() != null && LEAVES.contains(field.getName());
  }

  private void add(Message.Builder builder, FieldDescriptor field, int depth, int number) {
    if (field.isMapField()) {
      Message.Builder entry = builder.newBuilderForField(field);
      FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
      Object value = key.getJavaType() == JavaType.STRING ? "key" + number : scalars.of(key);
      entry.setField(key, value);
      set(entry, entry.getDescriptorForType().findFieldByNumber(2), depth + 1);
      builder.addRepeatedField(field, entry.build());
    } else if (field.getJavaType() != JavaType.MESSAGE) {
      builder.addRepeatedField(field, scalars.of(field));
    } else if (!isAny(field) && mayNest(depth)) {
      builder.addRepeatedField(field, message(builder.newBuilderForField(field), depth));
    }
  }

  private Message message(Message.Builder builder, int depth) {
    fill(builder, depth + 1);
    return builder.build();
  }

  private static boolean isAny(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && field.getMessageType().getFullName().equals(ANY);
  }
}
