package dev.graft.testkit.contract;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.graft.api.CommandPlugin;
import dev.graft.api.ExpressionPlugin;
import dev.graft.api.RelationPlugin;
import java.util.Optional;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;

/** What a plugin's messages are, and what can be made of them. */
final class Samples {
  static final String TYPE_URL_PREFIX = "type.googleapis.com/";

  /**
   * How many relations are nested: each takes two of the 1,024 levels of messages that Spark reads.
   */
  private static final int DEEP = 480;

  private Samples() {}

  /** The class of the messages that a portable plugin is for; empty if it has no protobuf. */
  static Optional<Class<? extends Message>> messageType(Object plugin) {
    if (plugin instanceof RelationPlugin<?> relation) {
      return Optional.of(relation.messageType());
    } else if (plugin instanceof ExpressionPlugin<?> expression) {
      return Optional.of(expression.messageType());
    } else if (plugin instanceof CommandPlugin<?> command) {
      return Optional.of(command.messageType());
    }
    return Optional.empty();
  }

  /** A message whose relations are as deep as a server reads them. */
  static Message deep(Message message) {
    Message.Builder builder = message.toBuilder();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean isRelation =
          field.getJavaType() == JavaType.MESSAGE
              && field
                  .getMessageType()
                  .getFullName()
                  .equals(Relation.getDescriptor().getFullName());
      if (isRelation && !field.isRepeated()) {
        builder.setField(field, deepRelation());
      }
    }
    return builder.build();
  }

  private static Relation deepRelation() {
    Relation relation = Relation.newBuilder().setRange(Range.newBuilder().setStep(1)).build();
    for (int level = 0; level < DEEP; level++) {
      relation =
          Relation.newBuilder().setLimit(Limit.newBuilder().setInput(relation).setLimit(9)).build();
    }
    return relation;
  }

  static Any pack(Message message) {
    return Any.newBuilder()
        .setTypeUrl(TYPE_URL_PREFIX + message.getDescriptorForType().getFullName())
        .setValue(message.toByteString())
        .build();
  }

  static Any pack(String messageName, byte[] value) {
    return Any.newBuilder()
        .setTypeUrl(TYPE_URL_PREFIX + messageName)
        .setValue(ByteString.copyFrom(value))
        .build();
  }
}
