package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Kind;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.ScalarKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import dev.graft.generate.model.WellKnownType;
import java.util.Map;

/** What fields hold. */
final class Types {
  private static final String GOOGLE = "google.protobuf";
  private static final String SPARK = "spark.connect";

  /** The messages of Spark and google that are more than messages to a client. */
  private static final Map<String, ValueType> KNOWN =
      Map.ofEntries(
          Map.entry(SPARK + ".Relation", new ValueType.Input(InputKind.RELATION, false)),
          Map.entry(SPARK + ".Plan", new ValueType.Input(InputKind.RELATION, true)),
          Map.entry(SPARK + ".Expression", new ValueType.Input(InputKind.EXPRESSION, false)),
          Map.entry(GOOGLE + ".Timestamp", new ValueType.WellKnown(WellKnownType.TIMESTAMP)),
          Map.entry(GOOGLE + ".Duration", new ValueType.WellKnown(WellKnownType.DURATION)),
          Map.entry(GOOGLE + ".Any", new ValueType.WellKnown(WellKnownType.ANY)),
          Map.entry(GOOGLE + ".Struct", new ValueType.WellKnown(WellKnownType.STRUCT)),
          Map.entry(GOOGLE + ".Value", new ValueType.WellKnown(WellKnownType.VALUE)),
          Map.entry(GOOGLE + ".ListValue", new ValueType.WellKnown(WellKnownType.LIST_VALUE)),
          Map.entry(GOOGLE + ".FieldMask", new ValueType.WellKnown(WellKnownType.FIELD_MASK)),
          Map.entry(GOOGLE + ".Empty", new ValueType.WellKnown(WellKnownType.EMPTY)),
          Map.entry(GOOGLE + ".DoubleValue", new ValueType.Wrapped(ScalarKind.DOUBLE)),
          Map.entry(GOOGLE + ".FloatValue", new ValueType.Wrapped(ScalarKind.FLOAT)),
          Map.entry(GOOGLE + ".Int64Value", new ValueType.Wrapped(ScalarKind.INT64)),
          Map.entry(GOOGLE + ".UInt64Value", new ValueType.Wrapped(ScalarKind.UINT64)),
          Map.entry(GOOGLE + ".Int32Value", new ValueType.Wrapped(ScalarKind.INT32)),
          Map.entry(GOOGLE + ".UInt32Value", new ValueType.Wrapped(ScalarKind.UINT32)),
          Map.entry(GOOGLE + ".BoolValue", new ValueType.Wrapped(ScalarKind.BOOL)),
          Map.entry(GOOGLE + ".StringValue", new ValueType.Wrapped(ScalarKind.STRING)),
          Map.entry(GOOGLE + ".BytesValue", new ValueType.Wrapped(ScalarKind.BYTES)));

  private Types() {}

  /** Whether a message is a plugin's own, with fields that a client fills. */
  static boolean isPlain(Descriptor message) {
    String scope = message.getFile().getPackage();
    return !scope.equals(GOOGLE) && !scope.equals(SPARK);
  }

  static Shape shape(FieldDescriptor field) {
    if (field.isMapField()) {
      Descriptor entry = field.getMessageType();
      return new Shape.MapOf(
          scalar(entry.findFieldByName("key")), type(entry.findFieldByName("value"), field));
    }
    ValueType type = type(field, field);
    return field.isRepeated() ? new Shape.ListOf(type) : new Shape.Single(type);
  }

  /**
   * The type of a value.
   *
   * @param annotated the field that the author wrote, which for a map is not the value's
   */
  private static ValueType type(FieldDescriptor value, FieldDescriptor annotated) {
    dev.graft.annotations.Argument annotation =
        annotated.getOptions().getExtension(Annotations.argument);
    if (annotation.getHolds() != Kind.KIND_UNSPECIFIED || annotation.getPlan()) {
      return held(value, annotated, annotation);
    }
    return switch (value.getJavaType()) {
      case ENUM -> new ValueType.EnumReference(value.getEnumType().getFullName());
      case MESSAGE -> message(value);
      default -> new ValueType.Scalar(scalar(value));
    };
  }

  private static ValueType held(
      FieldDescriptor value, FieldDescriptor annotated, dev.graft.annotations.Argument annotation) {
    if (value.getType() != FieldDescriptor.Type.BYTES) {
      throw Refusals.refuse(
          Code.GRAFT_ANNOTATION_INVALID,
          annotated,
          "is annotated with what its bytes hold, but its type is not bytes. A field of type"
              + " spark.connect.Relation, Plan or Expression needs no such annotation.");
    }
    return switch (annotation.getHolds()) {
      case RELATION -> new ValueType.Input(InputKind.RELATION, annotation.getPlan());
      case EXPRESSION -> {
        if (annotation.getPlan()) {
          throw planWithoutRelation(annotated);
        }
        yield new ValueType.Input(InputKind.EXPRESSION, false);
      }
      case KIND_UNSPECIFIED -> throw planWithoutRelation(annotated);
      case COMMAND, UNRECOGNIZED ->
          throw Refusals.refuse(
              Code.GRAFT_ANNOTATION_INVALID,
              annotated,
              "cannot hold that kind. Use holds: RELATION or holds: EXPRESSION.");
    };
  }

  private static GenerationException planWithoutRelation(FieldDescriptor annotated) {
    return Refusals.refuse(
        Code.GRAFT_ANNOTATION_INVALID,
        annotated,
        "is annotated with plan, which goes with holds: RELATION only.");
  }

  private static ValueType message(FieldDescriptor value) {
    Descriptor message = value.getMessageType();
    String name = message.getFullName();
    return isPlain(message)
        ? new ValueType.MessageReference(name)
        : KNOWN.getOrDefault(name, new ValueType.ForeignMessage(name));
  }

  static ScalarKind scalar(FieldDescriptor field) {
    return switch (field.getType()) {
      case DOUBLE -> ScalarKind.DOUBLE;
      case FLOAT -> ScalarKind.FLOAT;
      case INT32, SINT32, SFIXED32 -> ScalarKind.INT32;
      case INT64, SINT64, SFIXED64 -> ScalarKind.INT64;
      case UINT32, FIXED32 -> ScalarKind.UINT32;
      case UINT64, FIXED64 -> ScalarKind.UINT64;
      case BOOL -> ScalarKind.BOOL;
      case STRING -> ScalarKind.STRING;
      case BYTES -> ScalarKind.BYTES;
      case ENUM, MESSAGE, GROUP ->
          throw new IllegalArgumentException(field.getFullName() + " is not a scalar");
    };
  }
}
