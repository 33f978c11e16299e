package dev.graft.generate.python;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.ScalarKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import dev.graft.generate.model.WellKnownType;
import java.util.HashSet;
import java.util.Set;

/** Annotations and defaults of arguments. */
final class PythonTypes {
  private final PythonNames names;
  private final Set<String> used = new HashSet<>();

  PythonTypes(PythonNames names) {
    this.names = names;
  }

  /** The given name, which the module must import. */
  String use(String name) {
    used.add(name);
    return name;
  }

  /** What the module must import, of all names that were handed out. */
  boolean uses(String name) {
    return used.contains(name);
  }

  /** The annotation of an argument; with {@code None} where that means that it is not given. */
  String annotation(Argument argument) {
    String type = type(argument.shape());
    boolean optional = defaultText(argument).equals("None") && !type.equals("Any");
    return optional ? type + " | None" : type;
  }

  /** What stands behind the equals sign; empty if the argument is required. */
  String defaultText(Argument argument) {
    if (argument.required()) {
      return "";
    }
    // That of a choice's member must not be sent beside another member.
    if (argument.defaultValue().isPresent() && argument.oneof().isEmpty()) {
      return literal(argument, argument.defaultValue().get());
    }
    if (argument.shape() instanceof Shape.ListOf) {
      return "()";
    }
    if (!argument.explicitPresence()
        && argument.shape() instanceof Shape.Single single
        && single.type() instanceof ValueType.Scalar scalar) {
      return zero(scalar.kind());
    }
    return "None";
  }

  /** What a field without presence is when it is absent. */
  static String zero(ScalarKind kind) {
    return switch (kind) {
      case BOOL -> "False";
      case STRING -> "\"\"";
      case BYTES -> "b\"\"";
      case DOUBLE, FLOAT -> "0.0";
      case INT32, INT64, UINT32, UINT64 -> "0";
    };
  }

  String type(Shape shape) {
    if (shape instanceof Shape.ListOf list) {
      return use("Sequence") + "[" + type(list.type()) + "]";
    }
    if (shape instanceof Shape.MapOf map) {
      return use("Mapping") + "[" + scalar(map.key()) + ", " + type(map.type()) + "]";
    }
    return type(shape.type());
  }

  private String type(ValueType type) {
    if (type instanceof ValueType.Scalar scalar) {
      return scalar(scalar.kind());
    } else if (type instanceof ValueType.Wrapped wrapped) {
      return scalar(wrapped.kind());
    } else if (type instanceof ValueType.Reference reference) {
      return names.type(reference.fullName());
    } else if (type instanceof ValueType.Input input) {
      return input.kind() == InputKind.RELATION ? use("DataFrame") : use("Column") + " | str";
    } else if (type instanceof ValueType.WellKnown known) {
      return wellKnown(known.type());
    }
    return use("Any");
  }

  private static String scalar(ScalarKind kind) {
    return switch (kind) {
      case BOOL -> "bool";
      case STRING -> "str";
      case BYTES -> "bytes";
      case DOUBLE, FLOAT -> "float";
      case INT32, INT64, UINT32, UINT64 -> "int";
    };
  }

  private String wellKnown(WellKnownType type) {
    return switch (type) {
      case TIMESTAMP -> use("datetime");
      case DURATION -> use("timedelta");
      case STRUCT -> use("Mapping") + "[str, " + use("Any") + "]";
      case LIST_VALUE -> use("Sequence") + "[" + use("Any") + "]";
      case FIELD_MASK -> use("Sequence") + "[str]";
      case ANY, VALUE, EMPTY -> use("Any");
    };
  }

  /** How a default is written. */
  String literal(Argument argument, DefaultValue value) {
    if (value instanceof DefaultValue.BooleanDefault truth) {
      return truth.value() ? "True" : "False";
    } else if (value instanceof DefaultValue.IntegerDefault integer) {
      return integer.value().toString();
    } else if (value instanceof DefaultValue.FloatingDefault number) {
      boolean single = argument.shape().type().equals(new ValueType.Scalar(ScalarKind.FLOAT));
      return PythonLiterals.floating(number.value(), single);
    } else if (value instanceof DefaultValue.TextDefault text) {
      return PythonLiterals.text(text.value());
    } else if (value instanceof DefaultValue.BytesDefault bytes) {
      return PythonLiterals.bytes(bytes.base64());
    } else if (value instanceof DefaultValue.EnumDefault constant
        && argument.shape().type() instanceof ValueType.EnumReference reference) {
      return names.type(reference.fullName()) + "." + constant.value().name().upperSnake();
    }
    throw new IllegalStateException("No literal of " + value);
  }
}
