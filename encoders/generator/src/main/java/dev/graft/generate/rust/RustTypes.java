package dev.graft.generate.rust;

import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.ScalarKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import dev.graft.generate.model.WellKnownType;
import dev.graft.generate.rust.Layout.Call;
import dev.graft.generate.rust.Layout.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types of fields and of parameters, and how the one is made of the other. */
final class RustTypes {
  private static final String ANY_VALUE = "graft_connect::IntoValue";

  private final RustNames names;

  RustTypes(RustNames names) {
    this.names = names;
  }

  /** The type of a field that is always there. */
  String held(Shape shape) {
    if (shape instanceof Shape.ListOf list) {
      return "Vec<" + element(list.type()) + ">";
    } else if (shape instanceof Shape.MapOf map) {
      return "BTreeMap<" + scalar(map.key()) + ", " + element(map.type()) + ">";
    }
    return element(shape.type());
  }

  /** What a field that is always there is before it is given. */
  String empty(Shape shape) {
    if (shape instanceof Shape.ListOf) {
      return "Vec::new()";
    } else if (shape instanceof Shape.MapOf) {
      return "BTreeMap::new()";
    } else if (shape.type() instanceof ValueType.Scalar scalar) {
      return switch (scalar.kind()) {
        case BOOL -> "false";
        case STRING -> "String::new()";
        case BYTES -> "Vec::new()";
        case DOUBLE, FLOAT -> "0.0";
        case INT32, INT64, UINT32, UINT64 -> "0";
      };
    }
    return element(shape.type()) + "::default()";
  }

  /** The type of the parameter that a field is given by. */
  String parameter(Shape shape) {
    String type = parameter(shape.type());
    if (shape instanceof Shape.ListOf) {
      return "impl IntoIterator<Item = " + type + ">";
    } else if (shape instanceof Shape.MapOf map) {
      String key = parameter(new ValueType.Scalar(map.key()));
      return "impl IntoIterator<Item = (" + key + ", " + type + ")>";
    }
    return type;
  }

  /** What a field holds, of the parameter that gives it. */
  Chain converted(Shape shape, String parameter) {
    if (shape instanceof Shape.Single) {
      return Chain.of(converted(shape.type(), parameter));
    }
    List<Call> calls = new ArrayList<>(List.of(Call.of("into_iter")));
    String convert = convert(shape);
    if (!convert.isEmpty()) {
      calls.add(Call.of("map", convert));
    }
    calls.add(Call.of("collect"));
    return new Chain(parameter, calls);
  }

  private String convert(Shape shape) {
    if (shape instanceof Shape.MapOf map) {
      String key = converted(new ValueType.Scalar(map.key()), "key");
      String value = converted(map.type(), "value");
      return key.equals("key") && value.equals("value")
          ? ""
          : "|(key, value)| (" + key + ", " + value + ")";
    }
    String type = parameter(shape.type());
    if (type.equals("impl " + ANY_VALUE)) {
      return ANY_VALUE + "::into_value";
    }
    return type.startsWith("impl Into<") ? "Into::into" : "";
  }

  private String converted(ValueType type, String value) {
    String parameter = parameter(type);
    if (parameter.equals("impl " + ANY_VALUE)) {
      return ANY_VALUE + "::into_value(" + value + ")";
    }
    return parameter.startsWith("impl Into<") ? value + ".into()" : value;
  }

  private String parameter(ValueType type) {
    String element = element(type);
    if (element.equals("graft_connect::Value")) {
      return "impl " + ANY_VALUE;
    }
    boolean convertible =
        element.equals("String")
            || element.startsWith("Vec<")
            || element.startsWith("BTreeMap<")
            || type instanceof ValueType.Input
            || element.equals("graft_connect::Timestamp");
    return convertible ? "impl Into<" + element + ">" : element;
  }

  /** The type of one value: of a list's element, of a map's value. */
  String element(ValueType type) {
    if (type instanceof ValueType.Scalar scalar) {
      return scalar(scalar.kind());
    } else if (type instanceof ValueType.Wrapped wrapped) {
      return scalar(wrapped.kind());
    } else if (type instanceof ValueType.Reference reference) {
      return names.type(reference.fullName());
    } else if (type instanceof ValueType.Input input) {
      return input.kind() == InputKind.RELATION
          ? "graft_connect::Relation"
          : "graft_connect::Expression";
    } else if (type instanceof ValueType.WellKnown known) {
      return wellKnown(known.type());
    }
    return "graft_connect::Value";
  }

  /** The full name of a message that there is no type for. */
  static Optional<String> foreign(Shape shape) {
    return shape.type() instanceof ValueType.ForeignMessage foreign
        ? Optional.of(foreign.fullName())
        : Optional.empty();
  }

  private static String scalar(ScalarKind kind) {
    return switch (kind) {
      case BOOL -> "bool";
      case STRING -> "String";
      case BYTES -> "Vec<u8>";
      case DOUBLE -> "f64";
      case FLOAT -> "f32";
      case INT32 -> "i32";
      case INT64 -> "i64";
      case UINT32 -> "u32";
      case UINT64 -> "u64";
    };
  }

  private static String wellKnown(WellKnownType type) {
    return switch (type) {
      case TIMESTAMP -> "graft_connect::Timestamp";
      case DURATION -> "graft_connect::Duration";
      case ANY -> "graft_connect::Any";
      case EMPTY -> "graft_connect::Empty";
      case STRUCT -> "BTreeMap<String, graft_connect::Value>";
      case LIST_VALUE -> "Vec<graft_connect::Value>";
      case VALUE -> "graft_connect::Value";
      case FIELD_MASK -> "Vec<String>";
    };
  }
}
