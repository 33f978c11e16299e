package dev.graft.generate.typescript;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.Operation;
import java.util.ArrayList;
import java.util.List;

/** Writes the function of an operation. */
final class FunctionWriter {
  private static final String THROWS =
      "@throws graft.GraftInputError if a value does not fit, before anything is sent";

  private final ClientFile client;
  private final ModuleNames names;
  private final TypeTexts types;

  FunctionWriter(ClientFile client, ModuleNames names, TypeTexts types) {
    this.client = client;
    this.names = names;
    this.types = types;
  }

  String write(Operation operation) {
    DocComment comment = new DocComment(0).add(operation.documentation());
    List<String> parameters = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    arguments.add(TypeScriptLiterals.text(operation.fullName()));
    if (!operation.arguments().isEmpty()) {
      comment.append(THROWS);
      boolean required = operation.arguments().stream().anyMatch(Argument::required);
      parameters.add("options: " + names.options(operation) + (required ? "" : " = {}"));
      arguments.add("options");
    }
    String method = method(operation);
    operation
        .reply()
        .ifPresent(
            reply -> {
              if (operation.arguments().isEmpty()) {
                arguments.add("{}");
              }
              arguments.add(TypeScriptLiterals.text(reply));
            });
    String head = "export function " + names.function(operation);
    return comment.text()
        + Layout.list(0, head, parameters, ": " + result(operation) + " {")
        + Layout.list(2, "return operations." + method, arguments, ";")
        + "}\n";
  }

  private static String method(Operation operation) {
    return operation.kind().asName().snake() + (operation.reply().isPresent() ? "WithReply" : "");
  }

  private String result(Operation operation) {
    return "graft."
        + operation.kind().asName().pascal()
        + operation
            .reply()
            .map(reply -> "<" + types.received(client.message(reply)) + ">")
            .orElse("");
  }
}
