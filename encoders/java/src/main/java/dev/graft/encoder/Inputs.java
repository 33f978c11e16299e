package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Argument;
import dev.graft.annotations.Kind;
import dev.graft.encoder.GraftInputException.Code;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Relations and expressions inside a message. Their bytes are never looked into: they may come from
 * a newer Spark, or be deeper than protobuf's parser goes.
 */
final class Inputs {
  private static final List<InputReader> READERS =
      ServiceLoader.load(InputReader.class, InputReader.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  /** What a field takes. */
  enum Type {
    RELATION("a relation: a DataFrame of the client, a spark.connect.Relation, or its bytes"),
    EXPRESSION("an expression: a column, its name, a spark.connect.Expression, or its bytes"),
    PLAN("a relation or a plan: a DataFrame of the client, a Connect message, or its bytes");

    private final String wanted;

    Type(String wanted) {
      this.wanted = wanted;
    }
  }

  /** The session of the inputs so far; null while none of them has one. */
  private @Nullable Object session;

  /** What inputs a field takes; empty if it is an ordinary one. */
  static Optional<Type> type(FieldDescriptor field) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return switch (field.getMessageType().getFullName()) {
        case "spark.connect.Relation" -> Optional.of(Type.RELATION);
        case "spark.connect.Expression" -> Optional.of(Type.EXPRESSION);
        case "spark.connect.Plan" -> Optional.of(Type.PLAN);
        default -> Optional.empty();
      };
    }
    if (field.getType() != FieldDescriptor.Type.BYTES) {
      return Optional.empty();
    }
    return held(field);
  }

  /** What the annotation of a field, or of a map whose values are bytes, says that they hold. */
  static Optional<Type> held(FieldDescriptor field) {
    Argument argument = field.getOptions().getExtension(Annotations.argument);
    if (argument.getHolds() == Kind.RELATION) {
      return Optional.of(argument.getPlan() ? Type.PLAN : Type.RELATION);
    }
    return argument.getHolds() == Kind.EXPRESSION ? Optional.of(Type.EXPRESSION) : Optional.empty();
  }

  ByteString bytes(Type type, @Nullable Object given, FieldPath path) {
    Object value = given;
    if (given instanceof RelationInput input) {
      value = input.asInput();
    } else if (given instanceof ExpressionInput input) {
      value = input.asInput();
    }
    if (value instanceof ByteString bytes) {
      return bytes;
    } else if (value instanceof byte[] array) {
      return ByteString.copyFrom(array);
    } else if (value instanceof SerializedInput input) {
      return serialized(type, input, input, path);
    } else if (value instanceof NamedValues values) {
      return type == Type.EXPRESSION
          ? PlanBytes.expression(values.typeUrl(), values.bytes(this))
          : rooted(type, PlanBytes.relation(values.typeUrl(), values.bytes(this)));
    } else if (value instanceof Message message) {
      return message(type, message, path);
    } else if (value instanceof String name && type == Type.EXPRESSION) {
      return PlanBytes.column(Scalars.text(name, path));
    } else if (value != null) {
      for (InputReader reader : READERS) {
        Optional<SerializedInput> input = reader.read(value);
        if (input.isPresent()) {
          return serialized(type, input.get(), value, path);
        }
      }
    }
    throw path.wrongType(type.wanted, value);
  }

  private ByteString serialized(Type type, SerializedInput input, Object given, FieldPath path) {
    if ((type == Type.EXPRESSION) != (input.kind() == SerializedInput.Kind.EXPRESSION)) {
      throw path.wrongType(type.wanted, given);
    }
    join(input.session(), path);
    return type == Type.EXPRESSION ? input.bytes() : rooted(type, input.bytes());
  }

  private void join(@Nullable Object other, FieldPath path) {
    if (other == null) {
      return;
    }
    if (session != null && session != other) {
      throw path.error(
          Code.GRAFT_SESSION_MISMATCH,
          "is of another session than an input before it. A server sees one session's tables and"
              + " views only: make both inputs with the same one");
    }
    session = other;
  }

  /** The session that the inputs belong to, if any of them has one. */
  Optional<Object> session() {
    return Optional.ofNullable(session);
  }

  /** By name, not by class: beside Spark's own client Connect's classes are none of protobuf's. */
  private static ByteString message(Type type, Message message, FieldPath path) {
    String name = message.getDescriptorForType().getFullName();
    if (name.equals("spark.connect.Relation") && type != Type.EXPRESSION) {
      return rooted(type, message.toByteString());
    } else if ((name.equals("spark.connect.Plan") && type == Type.PLAN)
        || (name.equals("spark.connect.Expression") && type == Type.EXPRESSION)) {
      return message.toByteString();
    }
    throw path.wrongType(type.wanted, message);
  }

  private static ByteString rooted(Type type, ByteString relation) {
    return type == Type.PLAN ? PlanBytes.plan(relation) : relation;
  }
}
