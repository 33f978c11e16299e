package dev.graft.generate.python;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Operation;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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

  private final ClientFile client;
  private final PythonNames names;
  private final Set<String> helpers = new TreeSet<>();
  private final Map<String, DataMessage> messages = new TreeMap<>();
  private final Map<String, EnumDefinition> enums = new TreeMap<>();

  ReplyWriter(ClientFile client, PythonNames names) {
    this.client = client;
    this.names = names;
    collect();
  }

  /** The name of the function for a class. */
  static String function(String type) {
    return "_as_" + type;
  }

  /** The functions, each a text of its own. */
  List<String> write() {
    List<String> texts = new ArrayList<>();
    enums.values().forEach(definition -> texts.add(write(definition)));
    messages.values().forEach(message -> texts.add(write(message)));
    texts.addAll(helpers);
    return texts;
  }

  private void collect() {
    Deque<String> left = new ArrayDeque<>();
    for (Operation operation : client.operations()) {
      operation.reply().ifPresent(left::add);
    }
    while (!left.isEmpty()) {
      DataMessage message = client.message(left.remove());
      if (messages.put(message.fullName(), message) != null) {
        continue;
      }
      for (Argument argument : message.arguments()) {
        ValueType type = argument.shape().type();
        if (type instanceof ValueType.MessageReference reference) {
          left.add(reference.fullName());
        } else if (type instanceof ValueType.EnumReference reference) {
          enums.put(reference.fullName(), client.enumeration(reference.fullName()));
        }
      }
    }
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
    text.append(":\n    return ").append(type).append('(');
    for (Argument argument : message.arguments()) {
      text.append("\n        ")
          .append(PythonNames.attribute(argument))
          .append('=')
          .append(value(argument))
          .append(',');
    }
    return text.append(message.arguments().isEmpty() ? ")\n" : "\n    )\n").toString();
  }

  private String value(Argument argument) {
    String field = PythonLiterals.text(argument.field());
    String convert = convert(argument.shape().type());
    int column = 8 + PythonNames.attribute(argument).length() + 1;
    if (argument.shape() instanceof Shape.MapOf) {
      if (convert.isEmpty()) {
        return call(column, "values.get", field, "{}");
      }
      helpers.add(MAPPED);
      return call(column, "_mapped", "values", field, convert);
    }
    if (argument.shape() instanceof Shape.ListOf) {
      if (convert.isEmpty()) {
        return call(column, "values.get", field, "()");
      }
      helpers.add(LISTED);
      return call(column, "_listed", "values", field, convert);
    }
    if (argument.explicitPresence()) {
      if (convert.isEmpty()) {
        return call(column, "values.get", field);
      }
      helpers.add(GIVEN);
      return call(column, "_given", "values", field, convert);
    }
    if (!convert.isEmpty()) {
      helpers.add(ENUMERATED);
      return call(column, "_enumerated", "values", field, convert);
    }
    return call(column, "values.get", field, zero(argument));
  }

  private static String zero(Argument argument) {
    return argument.shape().type() instanceof ValueType.Scalar scalar
        ? PythonTypes.zero(scalar.kind())
        : "b\"\"";
  }

  /** A call on one line, or with an argument on each where that is too long. */
  private static String call(int column, String function, String... arguments) {
    String line = function + "(" + String.join(", ", arguments) + ")";
    if (column + line.length() + 1 <= Docstring.WIDTH) {
      return line;
    }
    String margin = "\n            ";
    return function + "(" + margin + String.join("," + margin, arguments) + ",\n        " + ")";
  }

  private String convert(ValueType type) {
    if (type instanceof ValueType.MessageReference reference) {
      return function(names.type(reference.fullName()));
    }
    if (type instanceof ValueType.EnumReference reference) {
      return function(names.type(reference.fullName()));
    }
    return "";
  }
}
