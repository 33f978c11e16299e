package dev.graft.generate.typescript;

import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.Directions;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.ScalarKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import dev.graft.generate.model.WellKnownType;
import java.util.List;

/** Types of members: of what is given, and of what is received. */
final class TypeTexts {
  private final ClientFile client;
  private final ModuleNames names;
  private final Directions directions;

  TypeTexts(ClientFile client, ModuleNames names, Directions directions) {
    this.client = client;
    this.names = names;
    this.directions = directions;
  }

  TypeText given(Shape shape) {
    String type = given(shape.type());
    if (shape instanceof Shape.MapOf map) {
      return new TypeText("graft.MapInput", List.of(given(map.key()), type));
    }
    return listOr(shape, type);
  }

  TypeText received(Shape shape) {
    String type = received(shape.type());
    if (shape instanceof Shape.MapOf map) {
      return new TypeText("ReadonlyMap", List.of(received(map.key()), type));
    }
    return listOr(shape, type);
  }

  private static TypeText listOr(Shape shape, String type) {
    return TypeText.of(shape instanceof Shape.ListOf ? "readonly " + type + "[]" : type);
  }

  /** The interface of a message that is received. */
  String received(DataMessage message) {
    return directions.isGiven(message.fullName()) ? names.received(message) : names.type(message);
  }

  private String given(ValueType type) {
    if (type instanceof ValueType.Scalar scalar) {
      return given(scalar.kind());
    } else if (type instanceof ValueType.EnumReference reference) {
      return names.type(client.enumeration(reference.fullName()));
    } else if (type instanceof ValueType.MessageReference reference) {
      return names.type(client.message(reference.fullName()));
    } else if (type instanceof ValueType.Input input) {
      return input(input);
    } else if (type instanceof ValueType.Wrapped wrapped) {
      return given(wrapped.kind());
    } else if (type instanceof ValueType.WellKnown known) {
      return given(known.type());
    }
    return "graft.MessageInput";
  }

  private String received(ValueType type) {
    if (type instanceof ValueType.Scalar scalar) {
      return received(scalar.kind());
    } else if (type instanceof ValueType.EnumReference reference) {
      var definition = client.enumeration(reference.fullName());
      String name = names.type(definition);
      return definition.open() ? "graft.OpenEnum<" + name + ">" : name;
    } else if (type instanceof ValueType.MessageReference reference) {
      return received(client.message(reference.fullName()));
    } else if (type instanceof ValueType.Input) {
      return "Uint8Array";
    } else if (type instanceof ValueType.Wrapped wrapped) {
      return received(wrapped.kind());
    } else if (type instanceof ValueType.WellKnown known) {
      return received(known.type());
    }
    return "graft.DecodedValues";
  }

  private static String input(ValueType.Input input) {
    if (input.kind() == InputKind.EXPRESSION) {
      return "graft.ExpressionInput";
    }
    return input.plan() ? "graft.PlanInput" : "graft.RelationInput";
  }

  private static String given(ScalarKind kind) {
    return kind == ScalarKind.INT64 || kind == ScalarKind.UINT64
        ? "graft.LongInput"
        : received(kind);
  }

  private static String received(ScalarKind kind) {
    return switch (kind) {
      case BOOL -> "boolean";
      case STRING -> "string";
      case BYTES -> "Uint8Array";
      case DOUBLE, FLOAT, INT32, UINT32 -> "number";
      case INT64, UINT64 -> "bigint";
    };
  }

  private static String given(WellKnownType type) {
    return switch (type) {
      case TIMESTAMP -> "graft.TimestampInput";
      case DURATION -> "graft.DurationInput";
      case ANY -> "graft.AnyInput";
      default -> received(type);
    };
  }

  private static String received(WellKnownType type) {
    return switch (type) {
      case TIMESTAMP -> "graft.Timestamp";
      case DURATION -> "graft.Duration";
      case ANY -> "graft.PackedMessage";
      case STRUCT -> "graft.JsonObject";
      case VALUE -> "graft.Json";
      case LIST_VALUE -> "graft.JsonList";
      case FIELD_MASK -> "graft.FieldMask";
      case EMPTY -> "graft.Empty";
    };
  }
}
