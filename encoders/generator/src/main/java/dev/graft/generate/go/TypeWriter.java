package dev.graft.generate.go;

import dev.graft.generate.emit.Described;
import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes enums, and the structs of messages with the method that gives their values. */
final class TypeWriter {
  private final GoNames names;
  private final GoTypes types;

  TypeWriter(GoNames names, GoTypes types) {
    this.names = names;
    this.types = types;
  }

  String write(EnumDefinition definition) {
    String type = names.type(definition.fullName());
    StringBuilder constants = new StringBuilder();
    for (EnumDefinition.Value value : definition.values()) {
      String name = names.constant(definition, value);
      constants
          .append(constants.isEmpty() ? "" : "\n")
          .append(new GoComment(1, name, value.documentation(), "is " + value.protoName() + "."))
          .append("\t%s %s = %d\n".formatted(name, type, value.number()));
    }
    return new GoComment(
            0, type, definition.documentation(), "is the enum " + definition.fullName() + ".")
        + "type %s int32\n\n// Values of %s.\nconst (\n%s)\n".formatted(type, type, constants);
  }

  String write(MessageType message) {
    String type = names.type(message);
    Names members = GoNames.members(message.arguments());
    StringBuilder fields = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (Argument argument : message.arguments()) {
      String name = members.get(argument.field());
      fields
          .append(fields.isEmpty() ? "" : "\n")
          .append(comment(message, argument, members))
          .append("\t%s %s\n".formatted(name, types.field(argument)));
      values.append("\tvalues[%s] = m.%s\n".formatted(GoLiterals.text(argument.field()), name));
    }
    return new GoComment(
            0, type, message.documentation(), "is the message " + message.fullName() + ".")
        + "type %s struct%s\n\n".formatted(type, fields.isEmpty() ? "{}" : " {\n" + fields + "}")
        + "// GraftValues implements graft.Message.\n"
        + "func (m %s) GraftValues() (string, graft.Values) {\n".formatted(type)
        + "\tvalues := graft.Values{}\n"
        + values
        + "\treturn %s, values\n}\n".formatted(GoLiterals.text(message.fullName()));
  }

  private static GoComment comment(MessageType message, Argument argument, Names names) {
    String name = names.get(argument.field());
    GoComment comment =
        new GoComment(1, name, argument.documentation(), "is the field " + argument.field() + ".");
    List<String> notes = new ArrayList<>();
    if (argument.required()) {
      notes.add("Required.");
    }
    argument.defaultValue().ifPresent(value -> notes.add("Default: " + text(value) + "."));
    if (argument.shape().type() instanceof ValueType.ForeignMessage foreign) {
      notes.add("A message " + foreign.fullName() + ", or its bytes.");
    }
    List<String> members =
        argument.oneof().map(choice -> message.choice(choice).members()).orElse(List.of());
    String others =
        members.stream()
            .filter(member -> !member.equals(argument.field()))
            .map(names::get)
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      notes.add("Not together with " + others + ".");
    }
    return notes.isEmpty() ? comment : comment.paragraph(String.join(" ", notes));
  }

  private static String text(DefaultValue value) {
    return Described.value(
        value,
        GoLiterals::text,
        bytes -> "the bytes " + GoLiterals.text(bytes) + " in base64",
        EnumDefinition.Value::protoName);
  }
}
