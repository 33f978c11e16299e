package dev.graft.generate.typescript;

import dev.graft.generate.emit.Origin;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.Directions;
import dev.graft.generate.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a module: the descriptors, then types and functions. */
final class ModuleWriter {
  private static final int CHUNK = 76;

  private final ClientFile client;
  private final Directions directions;
  private final TypeWriter typeWriter;
  private final FunctionWriter functionWriter;

  ModuleWriter(ClientFile client) {
    this.client = client;
    this.directions = new Directions(client);
    ModuleNames names = new ModuleNames(client);
    TypeTexts types = new TypeTexts(client, names, directions);
    this.typeWriter = new TypeWriter(names, types);
    this.functionWriter = new FunctionWriter(client, names, types);
  }

  String write() {
    List<String> parts = new ArrayList<>();
    parts.add("// " + Origin.line(client) + documentation());
    parts.add("import * as graft from \"graft-connect\";\n");
    parts.add(descriptors());
    String renamed = renamed();
    if (!renamed.isEmpty()) {
      parts.add(renamed);
    }
    parts.add(
        "const operations = new graft.Operations(descriptors"
            + (renamed.isEmpty() ? "" : ", names")
            + ");\n");
    client.enums().forEach(definition -> parts.add(typeWriter.write(definition)));
    for (DataMessage message : client.messages()) {
      if (directions.isGiven(message.fullName())) {
        parts.add(typeWriter.given(message));
      }
      if (directions.isReceived(message.fullName())) {
        parts.add(typeWriter.received(message));
      }
    }
    for (Operation operation : client.operations()) {
      if (!operation.arguments().isEmpty()) {
        parts.add(typeWriter.options(operation));
      }
      parts.add(functionWriter.write(operation));
    }
    return String.join("\n", parts);
  }

  private String documentation() {
    if (client.documentation().isEmpty()) {
      return "";
    }
    return "\n"
        + new DocComment(0).add(client.documentation()).append("@packageDocumentation").text();
  }

  /** In base64; the runtime ignores the line feeds, and prettier leaves such a text alone. */
  private String descriptors() {
    return "const descriptors = `\n"
        + String.join("\n", Origin.descriptors(client, CHUNK))
        + "\n`;\n";
  }

  /** What is called otherwise than in the source, by message and field. */
  private String renamed() {
    Map<String, List<Argument>> messages = new TreeMap<>();
    client.messages().forEach(each -> messages.put(each.fullName(), each.arguments()));
    client.operations().forEach(each -> messages.put(each.fullName(), each.arguments()));
    messages.values().removeIf(arguments -> arguments.stream().noneMatch(ModuleWriter::isRenamed));
    // Prettier takes the quotes away only where no key wants them.
    boolean quoted = messages.keySet().stream().anyMatch(name -> name.indexOf('.') >= 0);
    StringBuilder text = new StringBuilder();
    messages.forEach(
        (name, arguments) -> {
          String head = "  " + (quoted ? TypeScriptLiterals.text(name) : name) + ":";
          boolean fits = head.length() + " {".length() <= Layout.WIDTH;
          int indent = fits ? 2 : 4;
          text.append(head).append(fits ? " {\n" : "\n    {\n");
          for (Argument argument : arguments) {
            if (isRenamed(argument)) {
              String value = TypeScriptLiterals.text(ModuleNames.property(argument));
              text.append(Layout.property(indent + 2, key(argument.field()), value));
            }
          }
          text.append(" ".repeat(indent)).append("},\n");
        });
    return text.isEmpty() ? "" : "const names = {\n" + text + "};\n";
  }

  private static boolean isRenamed(Argument argument) {
    return !ModuleNames.property(argument).equals(argument.field());
  }

  /** As a plain key it would set the object's prototype. */
  private static String key(String field) {
    return field.equals("__proto__") ? "[\"__proto__\"]" : field;
  }
}
