package dev.graft.generate.java;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.OneOf;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the methods of one class that set and get fields. */
final class MemberWriter {
  private final JavaTypes types;
  private final String owner;
  private final Map<String, String> members;
  private final List<OneOf> oneofs;

  MemberWriter(JavaTypes types, String owner, List<Argument> arguments, List<OneOf> oneofs) {
    this.types = types;
    this.owner = owner;
    this.members = JavaNames.members(arguments);
    this.oneofs = oneofs;
  }

  String name(Argument argument) {
    return members.getOrDefault(argument.field(), argument.name().camel());
  }

  /**
   * A method that sets a field.
   *
   * @param put what puts a name and a value, such as "values.with"
   */
  String setter(Argument argument, String put) {
    Javadoc javadoc =
        new Javadoc(argument.documentation(), "Sets {@code " + argument.field() + "}.");
    if (argument.required()) {
      javadoc.then("Must be given.");
    }
    argument.defaultValue().ifPresent(value -> javadoc.then("Default: " + shown(value) + "."));
    argument.oneof().ifPresent(oneof -> javadoc.then(choice(oneof)));
    javadoc.tag("@param value " + meaning(argument)).tag("@return this");
    return javadoc
        + "public "
        + owner
        + " "
        + name(argument)
        + "("
        + types.parameter(argument.shape())
        + " value) { "
        + put
        + "("
        + JavaLiterals.text(argument.field())
        + ", "
        + types.written(argument.shape(), "value")
        + "); return this; }\n\n";
  }

  /** A method that reads a field of what the server answered, which the map "fields" holds. */
  String getter(Argument argument) {
    String value = "fields.get(" + JavaLiterals.text(argument.field()) + ")";
    String type = types.result(argument.shape());
    Javadoc javadoc =
        new Javadoc(argument.documentation(), "Gets {@code " + argument.field() + "}.");
    String body;
    String result = type;
    if (argument.shape() instanceof Shape.ListOf list) {
      body =
          "return ((List<Object>) "
              + value
              + ").stream().map(each -> "
              + types.converted(list.type(), "each")
              + ").toList();";
    } else if (argument.shape() instanceof Shape.MapOf map) {
      body =
          "return converted((Map<"
              + type.substring("Map<".length(), type.indexOf(','))
              + ", Object>) "
              + value
              + ", each -> "
              + types.converted(map.type(), "each")
              + ");";
    } else if (argument.explicitPresence()) {
      result = "Optional<" + type + ">";
      body =
          "return Optional.ofNullable("
              + value
              + ").map(each -> "
              + types.converted(argument.shape().type(), "each")
              + ");";
    } else {
      body = "return " + types.converted(argument.shape().type(), value) + ";";
    }
    javadoc.tag(
        "@return "
            + (result.startsWith("Optional<") ? "the value; empty if it is absent" : "the value"));
    String suppress =
        body.contains("Object>)") || body.contains("<String, Object>)")
            ? "@SuppressWarnings(\"unchecked\")\n"
            : "";
    return javadoc
        + suppress
        + "public "
        + result
        + " "
        + name(argument)
        + "() { "
        + body
        + " }\n\n";
  }

  /** What a parameter means, for its tag; in HTML. */
  static String meaning(Argument argument) {
    if (argument.shape().type() instanceof ValueType.Input input) {
      String what =
          input.kind() == InputKind.RELATION
              ? "a {@link Relation}, or a DataFrame of a client that the encoder knows"
              : "an {@link Expression}, the name of a column, or a column of a client that the"
                  + " encoder knows";
      return argument.shape() instanceof Shape.Single ? what : "for each, " + what;
    }
    return argument.shape() instanceof Shape.Single ? "the value" : "the values";
  }

  private String choice(String oneof) {
    return "At most one can be given of: "
        + oneofs.stream()
            .filter(each -> each.field().equals(oneof))
            .flatMap(each -> each.members().stream())
            .map(field -> "{@code " + members.getOrDefault(field, field) + "}")
            .collect(Collectors.joining(", "))
        + ".";
  }

  private static String shown(DefaultValue value) {
    if (value instanceof DefaultValue.BooleanDefault truth) {
      return String.valueOf(truth.value());
    } else if (value instanceof DefaultValue.IntegerDefault integer) {
      return integer.value().toString();
    } else if (value instanceof DefaultValue.FloatingDefault number) {
      return String.valueOf(number.value());
    } else if (value instanceof DefaultValue.TextDefault text) {
      return Javadoc.escaped(JavaLiterals.text(text.value()));
    } else if (value instanceof DefaultValue.BytesDefault bytes) {
      return bytes.base64() + " in base64";
    } else if (value instanceof DefaultValue.EnumDefault constant) {
      return constant.value().name().upperSnake();
    }
    throw new IllegalStateException("No text of " + value);
  }
}
