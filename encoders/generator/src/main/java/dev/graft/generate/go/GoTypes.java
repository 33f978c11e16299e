package dev.graft.generate.go;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.ScalarKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import dev.graft.generate.model.WellKnownType;
import java.util.Set;
import java.util.TreeSet;

/** The types of fields, and the packages that they come from. */
final class GoTypes {
  private final GoNames names;
  private final Set<String> imports = new TreeSet<>();

  GoTypes(GoNames names) {
    this.names = names;
  }

  /** Marks a package as needed. */
  void use(String path) {
    imports.add(path);
  }

  boolean uses(String path) {
    return imports.contains(path);
  }

  /** The type of a struct's field. */
  String field(Argument argument) {
    if (argument.shape() instanceof Shape.ListOf list) {
      return "[]" + element(list.type());
    } else if (argument.shape() instanceof Shape.MapOf map) {
      return "map[" + scalar(map.key()) + "]" + element(map.type());
    }
    return (isPointer(argument) ? "*" : "") + element(argument.shape().type());
  }

  /** Whether a field that holds one value can be nil beside its type's values. */
  static boolean isPointer(Argument argument) {
    ValueType type = argument.shape().type();
    if (type instanceof ValueType.MessageReference) {
      return true;
    } else if (type instanceof ValueType.Wrapped wrapped) {
      return wrapped.kind() != ScalarKind.BYTES;
    } else if (type instanceof ValueType.WellKnown known) {
      return known.type() == WellKnownType.TIMESTAMP || known.type() == WellKnownType.DURATION;
    } else if (type instanceof ValueType.EnumReference
        || (type instanceof ValueType.Scalar scalar && scalar.kind() != ScalarKind.BYTES)) {
      if (argument.required()) {
        return !isText(type); // Zero may be meant, and is not what has been forgotten.
      }
      boolean zeroIsAbsent = !argument.explicitPresence() && argument.defaultValue().isEmpty();
      return argument.oneof().isPresent() || !zeroIsAbsent;
    }
    return false;
  }

  private static boolean isText(ValueType type) {
    return type instanceof ValueType.Scalar scalar && scalar.kind() == ScalarKind.STRING;
  }

  /** The type of a list's element, of a map's value, of what a pointer points to. */
  String element(ValueType type) {
    if (type instanceof ValueType.Scalar scalar) {
      return scalar(scalar.kind());
    } else if (type instanceof ValueType.Wrapped wrapped) {
      return scalar(wrapped.kind());
    } else if (type instanceof ValueType.Reference reference) {
      return names.type(reference.fullName());
    } else if (type instanceof ValueType.Input input) {
      return input.kind() == InputKind.RELATION ? "graft.RelationInput" : "graft.ExpressionInput";
    } else if (type instanceof ValueType.WellKnown known) {
      return wellKnown(known.type());
    }
    return "any";
  }

  static String scalar(ScalarKind kind) {
    return switch (kind) {
      case BOOL -> "bool";
      case STRING -> "string";
      case BYTES -> "[]byte";
      case DOUBLE -> "float64";
      case FLOAT -> "float32";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case UINT32 -> "uint32";
      case UINT64 -> "uint64";
    };
  }

  private String wellKnown(WellKnownType type) {
    switch (type) {
      case TIMESTAMP, DURATION -> use("time");
      case ANY -> use("google.golang.org/protobuf/types/known/anypb");
      case EMPTY -> use("google.golang.org/protobuf/types/known/emptypb");
      default -> {}
    }
    return switch (type) {
      case TIMESTAMP -> "time.Time";
      case DURATION -> "time.Duration";
      case ANY -> "*anypb.Any";
      case EMPTY -> "*emptypb.Empty";
      case STRUCT -> "map[string]any";
      case LIST_VALUE -> "[]any";
      case VALUE -> "any";
      case FIELD_MASK -> "[]string";
    };
  }
}
