package dev.graft.generate.java;

import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.ScalarKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import dev.graft.generate.model.WellKnownType;

/** What methods take and return, and how that becomes what the runtime takes and returns. */
final class JavaTypes {
  private final JavaNames names;

  JavaTypes(JavaNames names) {
    this.names = names;
  }

  /** The type of a setter's parameter. */
  String parameter(Shape shape) {
    if (shape instanceof Shape.ListOf list) {
      return "List<" + element(list.type()) + ">";
    }
    if (shape instanceof Shape.MapOf map) {
      return "Map<" + boxed(map.key()) + ", " + element(map.type()) + ">";
    }
    String boxed = boxed(shape.type());
    return switch (boxed) {
      case "Integer" -> "int";
      case "Long" -> "long";
      case "Boolean" -> "boolean";
      case "Double" -> "double";
      case "Float" -> "float";
      default -> boxed;
    };
  }

  /** The type of what a getter returns, without what says that it may be absent. */
  String result(Shape shape) {
    if (shape instanceof Shape.ListOf list) {
      return "List<" + read(list.type()) + ">";
    }
    if (shape instanceof Shape.MapOf map) {
      return "Map<" + boxed(map.key()) + ", " + read(map.type()) + ">";
    }
    return read(shape.type());
  }

  private static boolean isObject(ValueType type) {
    return type instanceof ValueType.WellKnown known
        && (known.type() == WellKnownType.VALUE
            || known.type() == WellKnownType.ANY
            || known.type() == WellKnownType.EMPTY);
  }

  private String element(ValueType type) {
    if (type instanceof ValueType.Input) {
      return "? extends " + boxed(type);
    }
    return isObject(type) ? "?" : boxed(type);
  }

  /** What the runtime decodes a value to, as far as a user can do something with it. */
  String read(ValueType type) {
    if (type instanceof ValueType.Input) {
      return "ByteString";
    }
    if (type instanceof ValueType.WellKnown known) {
      return switch (known.type()) {
        case ANY -> "Any";
        case STRUCT -> "Map<String, Object>";
        case LIST_VALUE -> "List<Object>";
        default -> boxed(type);
      };
    }
    return type instanceof ValueType.ForeignMessage ? "Map<String, Object>" : boxed(type);
  }

  String boxed(ValueType type) {
    if (type instanceof ValueType.Scalar scalar) {
      return boxed(scalar.kind());
    } else if (type instanceof ValueType.Wrapped wrapped) {
      return boxed(wrapped.kind());
    } else if (type instanceof ValueType.Reference reference) {
      return names.type(reference.fullName());
    } else if (type instanceof ValueType.WellKnown known) {
      return wellKnown(known.type());
    }
    if (type instanceof ValueType.Input input) {
      return input.kind() == InputKind.RELATION ? "RelationInput" : "ExpressionInput";
    }
    return "Message";
  }

  private static String boxed(ScalarKind kind) {
    return switch (kind) {
      case BOOL -> "Boolean";
      case STRING -> "String";
      case BYTES -> "ByteString";
      case DOUBLE -> "Double";
      case FLOAT -> "Float";
      case INT32 -> "Integer";
      case INT64, UINT32 -> "Long";
      case UINT64 -> "BigInteger";
    };
  }

  private static String wellKnown(WellKnownType type) {
    return switch (type) {
      case TIMESTAMP -> "Instant";
      case DURATION -> "Duration";
      case STRUCT -> "Map<String, ?>";
      case LIST_VALUE -> "List<?>";
      case FIELD_MASK -> "List<String>";
      case ANY, VALUE, EMPTY -> "Object";
    };
  }

  /** An expression that makes of a parameter what the runtime takes. */
  String written(Shape shape, String parameter) {
    String convert;
    if (shape.type() instanceof ValueType.EnumReference) {
      convert = "number";
    } else if (shape.type() instanceof ValueType.MessageReference) {
      convert = "fields";
    } else {
      return parameter;
    }
    String type = boxed(shape.type());
    if (shape instanceof Shape.ListOf) {
      return parameter + ".stream().map(" + type + "::" + convert + ").toList()";
    }
    if (shape instanceof Shape.MapOf) {
      return "converted(" + parameter + ", " + type + "::" + convert + ")";
    }
    return parameter + "." + convert + "()";
  }

  /** An expression that makes of what the runtime decoded what a getter returns. */
  String converted(ValueType type, String value) {
    if (type instanceof ValueType.Reference) {
      return boxed(type) + ".decoded(" + value + ")";
    }
    String read = read(type);
    return read.equals("Object") ? value : "(" + read + ") " + value;
  }
}
