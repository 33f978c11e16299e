package dev.graft.registry.lowering;

import com.google.protobuf.Any;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: lowering by the full parser, message by message, in the plainest way that is right.
 */
final class ParseAndRebuild {
  /** The values of all extensions that were met, in no particular order. */
  final List<String> met = new ArrayList<>();

  static <M extends Message> M parse(M prototype, byte[] bytes)
      throws InvalidProtocolBufferException {
    try {
      CodedInputStream input = CodedInputStream.newInstance(bytes);
      input.setRecursionLimit(2000);
      Message.Builder builder = prototype.newBuilderForType();
      builder.mergeFrom(input);
      input.checkLastTagWas(0);
      @SuppressWarnings("unchecked")
      M message = (M) builder.build();
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Message lower(Message message) {
    Message.Builder builder = message.toBuilder();
    for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
      FieldDescriptor field = set.getKey();
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          builder.setRepeatedField(field, i, lower((Message) message.getRepeatedField(field, i)));
        }
      } else {
        builder.setField(field, lower((Message) set.getValue()));
      }
    }
    Message inner = builder.build();
    if (inner instanceof Relation relation && relation.hasExtension()) {
      Message answer = answer(relation.getExtension(), Relation.getDefaultInstance());
      return answer == null ? relation : merge(relation, (Relation) answer);
    }
    if (inner instanceof Expression expression && expression.hasExtension()) {
      Message answer = answer(expression.getExtension(), Expression.getDefaultInstance());
      return answer == null ? expression : merge(expression, (Expression) answer);
    }
    if (inner instanceof Command command && command.hasExtension()) {
      Message answer = answer(command.getExtension(), Command.getDefaultInstance());
      return answer == null
          ? command
          : answer.toBuilder().setUnknownFields(joined(command, answer)).build();
    }
    return inner;
  }

  private @Nullable Message answer(Any extension, Message prototype) {
    met.add(extension.getTypeUrl() + extension.getValue().hashCode());
    if (!extension.getTypeUrl().equals(RandomPlans.REPLACE)) {
      return null;
    }
    try {
      return lower(parse(prototype, extension.getValue().toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Relation merge(Relation outer, Relation answer) {
    boolean outerHas = outer.hasCommon() && outer.getCommon().hasPlanId();
    boolean answerHas = answer.hasCommon() && answer.getCommon().hasPlanId();
    if (outerHas && answerHas && outer.getCommon().getPlanId() != answer.getCommon().getPlanId()) {
      Expression yes =
          Expression.newBuilder()
              .setLiteral(Expression.Literal.newBuilder().setBoolean(true))
              .build();
      return outer.toBuilder()
          .setFilter(Filter.newBuilder().setInput(answer).setCondition(yes))
          .build();
    }
    Relation.Builder merged = answer.toBuilder().setUnknownFields(joined(outer, answer));
    if (outer.hasCommon()) {
      override(merged.getCommonBuilder(), outer.getCommon());
    }
    return merged.build();
  }

  private static Expression merge(Expression outer, Expression answer) {
    Expression.Builder merged = answer.toBuilder().setUnknownFields(joined(outer, answer));
    if (outer.hasCommon()) {
      override(merged.getCommonBuilder(), outer.getCommon());
    }
    return merged.build();
  }

  /** The outer's fields, whole, and those of the answer that it does not have. */
  private static void override(Message.Builder common, Message outer) {
    Set<Integer> given = new HashSet<>();
    outer.getAllFields().keySet().forEach(field -> given.add(field.getNumber()));
    outer.getUnknownFields().asMap().keySet().forEach(number -> given.add(Math.min(number, 63)));
    UnknownFieldSet.Builder unknown = outer.getUnknownFields().toBuilder();
    common
        .getUnknownFields()
        .asMap()
        .forEach(
            (number, field) -> {
              if (!given.contains(Math.min(number, 63))) {
                unknown.addField(number, field);
              }
            });
    for (FieldDescriptor field : common.getDescriptorForType().getFields()) {
      if (given.contains(field.getNumber())) {
        common.setField(field, outer.getField(field));
        if (field.hasPresence() && !outer.hasField(field)) {
          common.clearField(field);
        }
      }
    }
    common.setUnknownFields(unknown.build());
  }

  private static UnknownFieldSet joined(Message outer, Message answer) {
    return outer.getUnknownFields().toBuilder().mergeFrom(answer.getUnknownFields()).build();
  }
}
