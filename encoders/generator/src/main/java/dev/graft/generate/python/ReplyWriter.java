package dev.graft.generate.python;

import dev.graft.generate.emit.LineBreaking;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.Directions;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the functions that make data classes of the messages that commands answer with. The
 * runtime decodes a message to a dict of what is in its bytes; what is not there is zero.
 */
final class ReplyWriter {
  private static final String GIVEN =
      """
      def _given(values: Any, field: str, convert: Any) -> Any:
          return convert(values[field]) if field in values else None
      """;
  private static final String ENUMERATED =
      """
      def _enumerated(values: Any, field: str, convert: Any) -> Any:
          return convert(values.get(field, 0))
      """;
  private static final String LISTED =
      """
      def _listed(values: Any, field: str, convert: Any) -> Any:
          return tuple(convert(value) for value in values.get(field, ()))
      """;
  private static final String MAPPED =
      """
      def _mapped(values: Any, field: str, convert: Any) -> Any:
          return {key: convert(value) for key, value in values.get(field, {}).items()}
      """;

  private static final LineBreaking CALLS = new LineBreaking(Docstring.WIDTH, 4);

  private final ClientFile client;
  private final PythonNames names;
  private final Set<String> helpers = new TreeSet<>();

  ReplyWriter(ClientFile client, PythonNames names) {
    this.client = client;
    this.names = names;
  }

  /** The name of the function for a class. */
  static String function(String type) {
    return "_as_" + type;
  }

  /** The functions, each a text of its own. */
  List<String> write() {
    Directions directions = new Directions(client);
    List<String> texts = new ArrayList<>();
    client.enums().stream()
        .filter(definition -> directions.isReceived(definition.fullName()))
        .forEach(definition -> texts.add(write(definition)));
    directions.received().forEach(message -> texts.add(write(message)));
    texts.addAll(helpers);
    return texts;
  }

  private String write(EnumDefinition definition) {
    String type = names.type(definition.fullName());
    StringBuilder text = new StringBuilder();
    text.append("def ").append(function(type)).append("(value: Any) -> ").append(type);
    text.append(":\n    numbers: dict[Any, int] = {\n");
    for (EnumDefinition.Value value : definition.values()) {
      text.append("        ").append(PythonLiterals.text(value.protoName()));
      text.append(": ").append(value.number()).append(",\n");
    }
    return text.append("    }\n    return ")
        .append(type)
        .append("(numbers.get(value, value))\n")
        .toString();
  }

  private String write(DataMessage message) {
    String type = names.type(message.fullName());
    StringBuilder text = new StringBuilder();
    text.append("def ").append(function(type)).append("(values: Any) -> ").append(type);
    String values = message.arguments().stream().map(this::value).collect(Collectors.joining());
    text.append(":\n    return ").append(type).append('(');
    return text.append(values.isEmpty() ? "" : "\n" + values + "    ").append(")\n").toString();
  }

  private String value(Argument argument) {
    String field = PythonLiterals.text(argument.field());
    String convert = convert(argument.shape().type());
    if (convert.isEmpty()) {
      String absent = absent(argument);
      return value(
          argument, "values.get", absent.isEmpty() ? List.of(field) : List.of(field, absent));
    }
    String helper = helper(argument);
    helpers.add(helper);
    String name = helper.substring("def ".length(), helper.indexOf('('));
    return value(argument, name, List.of("values", field, convert));
  }

  private static String value(Argument argument, String function, List<String> arguments) {
    return CALLS.list(8, PythonNames.attribute(argument) + "=" + function + "(", arguments, "),");
  }

  private static String helper(Argument argument) {
    if (argument.shape() instanceof Shape.MapOf) {
      return MAPPED;
    } else if (argument.shape() instanceof Shape.ListOf) {
      return LISTED;
    }
    return argument.explicitPresence() ? GIVEN : ENUMERATED;
  }

  /** What stands for a value that is not there; empty if that is none. */
  private static String absent(Argument argument) {
    if (argument.shape() instanceof Shape.MapOf) {
      return "{}";
    } else if (argument.shape() instanceof Shape.ListOf) {
      return "()";
    } else if (argument.explicitPresence()) {
      return "";
    }
    return argument.shape().type() instanceof ValueType.Scalar scalar
        ? PythonTypes.zero(scalar.kind())
        : "b\"\"";
  }

  private String convert(ValueType type) {
    return type instanceof ValueType.Reference reference
        ? function(names.type(reference.fullName()))
        : "";
  }
}
