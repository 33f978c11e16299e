package dev.graft.generate.java;

import dev.graft.generate.emit.Described;
import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the methods of one class that set and get fields. */
final class MemberWriter {
  private final JavaTypes types;
  private final Parameters parameters;
  private final MessageType message;
  private final String owner;
  private final Names members;

  MemberWriter(JavaTypes types, String owner, MessageType message) {
    this.types = types;
    this.parameters = new Parameters(types);
    this.message = message;
    this.owner = owner;
    this.members = JavaNames.members(message.arguments());
  }

  String name(Argument argument) {
    return members.get(argument.field());
  }

  /**
   * The methods that set a field.
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
    return Parameters.variants(List.of(argument)).stream()
        .map(inputs -> javadoc + setter(argument, inputs, put))
        .collect(Collectors.joining());
  }

  private String setter(Argument argument, Parameters.Inputs inputs, String put) {
    return "public "
        + owner
        + " "
        + name(argument)
        + "("
        + parameters.type(argument, inputs)
        + " value) { "
        + put
        + "("
        + JavaLiterals.text(argument.field())
        + ", "
        + types.written(argument.shape(), "value")
        + "); return this; }\n\n";
  }

  /**
   * The methods of one name that begin a message with what must be given.
   *
   * @param javadoc what is said of each, without its parameters
   * @param method such as "TopK topK"
   * @param made the statement that makes what is returned, and calls it "made"
   * @param put what puts a name and a value into it, such as "made.values.with"
   */
  String factories(Javadoc javadoc, String method, String made, String put) {
    List<Argument> required = Parameters.required(message.arguments());
    required.forEach(each -> javadoc.tag("@param " + name(each) + " " + described(each)));
    javadoc.tag("@return a new one, which takes the rest");
    StringBuilder methods = new StringBuilder();
    for (Parameters.Inputs inputs : Parameters.variants(required)) {
      methods
          .append(javadoc)
          .append("public static ")
          .append(method)
          .append(
              required.stream()
                  .map(each -> parameters.type(each, inputs) + " " + name(each))
                  .collect(Collectors.joining(", ", "(", ")")))
          .append(" { ")
          .append(made);
      for (Argument each : required) {
        methods
            .append(put)
            .append('(')
            .append(JavaLiterals.text(each.field()))
            .append(", ")
            .append(types.written(each.shape(), name(each)))
            .append("); ");
      }
      methods.append("return made; }\n\n");
    }
    return methods.toString();
  }

  private static String described(Argument argument) {
    return argument.documentation().isEmpty()
        ? meaning(argument)
        : Javadoc.escaped(String.join(" ", argument.documentation().paragraphs()));
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
              ? "a relation, or what has been made of one"
              : "an expression, the name of a column, or what has been made of one";
      return argument.shape() instanceof Shape.Single ? what : "for each, " + what;
    }
    return argument.shape() instanceof Shape.Single ? "the value" : "the values";
  }

  private String choice(String oneof) {
    return "At most one can be given of: "
        + message.choice(oneof).members().stream()
            .map(field -> "{@code " + members.get(field) + "}")
            .collect(Collectors.joining(", "))
        + ".";
  }

  private static String shown(DefaultValue value) {
    return Described.value(
        value,
        text -> Javadoc.escaped(JavaLiterals.text(text)),
        bytes -> bytes + " in base64",
        constant -> constant.name().upperSnake());
  }
}
