package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Kind;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.InputForm;
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

  private static final Map<String, ValueType> INPUTS =
      Map.of(
          SPARK + ".Relation", new ValueType.Input(InputKind.RELATION, InputForm.NODE),
          SPARK + ".Plan", new ValueType.Input(InputKind.RELATION, InputForm.PLAN),
          SPARK + ".Expression", new ValueType.Input(InputKind.EXPRESSION, InputForm.NODE));

  private static final Map<String, WellKnownType> WELL_KNOWN =
      Map.ofEntries(
          Map.entry("Timestamp", WellKnownType.TIMESTAMP),
          Map.entry("Duration", WellKnownType.DURATION),
          Map.entry("Any", WellKnownType.ANY),
          Map.entry("Struct", WellKnownType.STRUCT),
          Map.entry("Value", WellKnownType.VALUE),
          Map.entry("ListValue", WellKnownType.LIST_VALUE),
          Map.entry("FieldMask", WellKnownType.FIELD_MASK),
          Map.entry("Empty", WellKnownType.EMPTY),
          Map.entry("DoubleValue", WellKnownType.DOUBLE_WRAPPER),
          Map.entry("FloatValue", WellKnownType.FLOAT_WRAPPER),
          Map.entry("Int64Value", WellKnownType.INT64_WRAPPER),
          Map.entry("UInt64Value", WellKnownType.UINT64_WRAPPER),
          Map.entry("Int32Value", WellKnownType.INT32_WRAPPER),
          Map.entry("UInt32Value", WellKnownType.UINT32_WRAPPER),
          Map.entry("BoolValue", WellKnownType.BOOL_WRAPPER),
          Map.entry("StringValue", WellKnownType.STRING_WRAPPER),
          Map.entry("BytesValue", WellKnownType.BYTES_WRAPPER));

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
      case RELATION ->
          new ValueType.Input(
              InputKind.RELATION,
              annotation.getPlan() ? InputForm.PLAN_BYTES : InputForm.NODE_BYTES);
      case EXPRESSION -> {
        if (annotation.getPlan()) {
          throw planWithoutRelation(annotated);
        }
        yield new ValueType.Input(InputKind.EXPRESSION, InputForm.NODE_BYTES);
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
    ValueType input = INPUTS.get(name);
    if (input != null) {
      return input;
    }
    if (isPlain(message)) {
      return new ValueType.MessageReference(name);
    }
    WellKnownType known =
        message.getFile().getPackage().equals(GOOGLE) ? WELL_KNOWN.get(message.getName()) : null;
    return known == null ? new ValueType.ForeignMessage(name) : new ValueType.WellKnown(known);
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
