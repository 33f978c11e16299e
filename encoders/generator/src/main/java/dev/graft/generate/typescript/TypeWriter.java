package dev.graft.generate.typescript;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.OneOf;
import dev.graft.generate.model.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes enums, and interfaces of messages. */
final class TypeWriter {
  private final ModuleNames names;
  private final TypeTexts types;

  TypeWriter(ModuleNames names, TypeTexts types) {
    this.names = names;
    this.types = types;
  }

  /** An object with the values' names as the runtime takes them, and the type of these. */
  String write(EnumDefinition definition) {
    String name = names.type(definition);
    Map<Integer, String> first = new HashMap<>();
    StringBuilder text = new StringBuilder();
    text.append(new DocComment(0).add(definition.documentation()).text());
    text.append("export const ").append(name).append(" = {\n");
    for (EnumDefinition.Value value : definition.values()) {
      // Of several names for one number the first is what is received.
      String canonical = first.computeIfAbsent(value.number(), number -> value.protoName());
      text.append(new DocComment(2).add(value.documentation()).text());
      text.append(
          Layout.property(2, value.name().upperSnake(), TypeScriptLiterals.text(canonical)));
    }
    text.append("} as const;\n\n");
    text.append(new DocComment(0).append("A value of {@link " + name + "}.").text());
    return text.append(Layout.alias(name, "(typeof %s)[keyof typeof %s]".formatted(name, name)))
        .toString();
  }

  /** The interface of what an operation takes. */
  String options(Operation operation) {
    String link = "What {@link " + names.function(operation) + "} takes.";
    return given(names.options(operation), new DocComment(0).append(link), operation);
  }

  /** The interface of a message that is given. */
  String given(DataMessage message) {
    return given(names.type(message), new DocComment(0).add(message.documentation()), message);
  }

  /** The interface of a message that is received. */
  String received(DataMessage message) {
    String comment = new DocComment(0).add(message.documentation()).text();
    List<String> members = new ArrayList<>();
    for (Argument argument : message.arguments()) {
      members.add(
          new DocComment(2).add(argument.documentation()).text()
              + Layout.member(
                  ModuleNames.property(argument),
                  argument.explicitPresence(),
                  types.received(argument.shape())));
    }
    return comment + declaration(types.received(message), members);
  }

  private String given(String name, DocComment documentation, MessageType message) {
    // Members are fields of the source; their properties have the same words.
    for (OneOf choice : message.oneofs()) {
      documentation.append(
          "At most one can be given of: " + String.join(", ", choice.members()) + ".");
    }
    List<String> members = new ArrayList<>();
    for (Argument argument : message.arguments()) {
      DocComment comment = new DocComment(2).add(argument.documentation());
      argument
          .defaultValue()
          .ifPresent(value -> comment.paragraph("Default: " + TypeScriptLiterals.described(value)));
      members.add(
          comment.text()
              + Layout.member(
                  ModuleNames.property(argument),
                  !argument.required(),
                  types.given(argument.shape())));
    }
    return documentation.text() + declaration(name, members);
  }

  private static String declaration(String name, List<String> members) {
    return members.isEmpty()
        ? Layout.alias(name, "graft.Empty")
        : "export interface " + name + " {\n" + String.join("", members) + "}\n";
  }
}
