package dev.graft.generate.python;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.Operation;
import dev.graft.generate.model.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the function of an operation. */
final class FunctionWriter {
  private final PythonNames names;
  private final PythonTypes types;

  FunctionWriter(PythonNames names, PythonTypes types) {
    this.names = names;
    this.types = types;
  }

  String write(Operation operation) {
    Names parameters = PythonNames.parameters(operation);
    boolean expression = operation.kind() == OperationKind.EXPRESSION;
    Optional<Argument> first =
        operation.leading(expression ? InputKind.EXPRESSION : InputKind.RELATION);
    List<Argument> named =
        TypeWriter.inOrder(operation).stream()
            .filter(argument -> !argument.equals(first.orElse(null)))
            .toList();
    List<String> signature = new ArrayList<>();
    first.ifPresent(argument -> signature.add(parameter(argument, parameters)));
    boolean session = !expression && first.isEmpty();
    if (session) {
      signature.add("spark: " + types.use("SparkSession"));
    }
    if (!named.isEmpty()) {
      signature.add("*");
    }
    named.forEach(argument -> signature.add(parameter(argument, parameters)));

    StringBuilder text = new StringBuilder();
    text.append("def ").append(names.function(operation)).append('(');
    if (!signature.isEmpty()) {
      text.append("\n    ").append(String.join(",\n    ", signature)).append(",\n");
    }
    text.append(") -> ").append(result(operation)).append(":\n");
    text.append(documentation(operation, first, named, session, parameters));
    text.append(body(operation, session, parameters));
    return text.toString();
  }

  private String parameter(Argument argument, Names parameters) {
    String value = types.defaultText(argument);
    return parameters.get(argument.field())
        + ": "
        + types.annotation(argument)
        + (value.isEmpty() ? "" : " = " + value);
  }

  private String result(Operation operation) {
    return switch (operation.kind()) {
      case RELATION -> types.use("DataFrame");
      case EXPRESSION -> types.use("Column");
      case COMMAND -> operation.reply().map(names::type).orElseGet(() -> types.use("Any"));
    };
  }

  private String documentation(
      Operation operation,
      Optional<Argument> first,
      List<Argument> named,
      boolean session,
      Names parameters) {
    Docstring docstring = new Docstring(4, operation.documentation(), operation.name());
    if (session || first.isPresent() || !named.isEmpty()) {
      docstring.section("Parameters");
    }
    if (session) {
      docstring.item("spark : SparkSession", List.of("A Spark Connect session."));
    }
    List<Argument> all = new ArrayList<>(named);
    first.ifPresent(argument -> all.add(0, argument));
    for (Argument argument : all) {
      docstring.item(
          parameters.get(argument.field())
              + " : "
              + types.type(argument.shape())
              + presence(argument),
          argument.documentation().paragraphs());
    }
    docstring.section("Returns");
    docstring.item(result(operation), answer(operation));
    docstring.section("Raises");
    docstring.item(
        "graft.GraftError", List.of("If a value does not fit, before anything is sent."));
    return docstring.choices(operation.oneofs(), parameters::get).text();
  }

  private String presence(Argument argument) {
    if (argument.defaultValue().isPresent()) {
      return ", default " + types.literal(argument, argument.defaultValue().get());
    }
    return argument.required() ? "" : ", optional";
  }

  private static List<String> answer(Operation operation) {
    if (operation.kind() != OperationKind.COMMAND || operation.reply().isPresent()) {
      return List.of();
    }
    return List.of("None, a DataFrame or a message: whatever the server answers.");
  }

  // No parameter is called as a local variable: their names end in an underscore only where Python
  // has the name for itself.
  private String body(Operation operation, boolean session, Names parameters) {
    boolean expression = operation.kind() == OperationKind.EXPRESSION;
    StringBuilder call = new StringBuilder();
    call.append("_operations.").append(operation.kind().asName().snake());
    call.append("(\n        ").append(PythonLiterals.text(operation.fullName())).append(",\n");
    if (!expression) {
      call.append(session ? "        spark,\n" : "        None,\n");
    }
    if (operation.arguments().isEmpty()) {
      call.append("        {},\n");
    } else {
      call.append("        {\n");
      for (Argument argument : operation.arguments()) {
        call.append("            ")
            .append(PythonLiterals.text(argument.field()))
            .append(": ")
            .append(parameters.get(argument.field()))
            .append(",\n");
      }
      call.append("        },\n");
    }
    operation
        .reply()
        .ifPresent(
            reply -> call.append("        ").append(PythonLiterals.text(reply)).append(",\n"));
    call.append("    )\n");
    if (operation.reply().isPresent()) {
      return "    values_ = "
          + call
          + "    return "
          + ReplyWriter.function(names.type(operation.reply().get()))
          + "(values_)\n";
    }
    if (operation.kind() == OperationKind.COMMAND) {
      return "    return " + call;
    }
    return "    result_: " + result(operation) + " = " + call + "    return result_\n";
  }
}
