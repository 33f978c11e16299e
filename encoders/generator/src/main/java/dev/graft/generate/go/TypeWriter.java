package dev.graft.generate.go;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.OneOf;
import dev.graft.generate.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  String write(DataMessage message) {
    String type = names.type(message.fullName());
    GoComment comment =
        new GoComment(
            0, type, message.documentation(), "is the message " + message.fullName() + ".");
    return comment + struct(type, message.fullName(), message.arguments(), message.oneofs());
  }

  /** A struct without its comment. */
  String struct(String type, String message, List<Argument> arguments, List<OneOf> oneofs) {
    Map<String, String> members = GoNames.members(arguments);
    StringBuilder fields = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (Argument argument : arguments) {
      String name = members.getOrDefault(argument.field(), argument.field());
      fields
          .append(fields.isEmpty() ? "" : "\n")
          .append(comment(argument, name, oneofs, members))
          .append("\t%s %s\n".formatted(name, types.field(argument)));
      values.append("\tvalues[%s] = m.%s\n".formatted(GoLiterals.text(argument.field()), name));
    }
    return "type %s struct%s\n\n".formatted(type, fields.isEmpty() ? "{}" : " {\n" + fields + "}")
        + "// GraftValues implements graft.Message.\n"
        + "func (m %s) GraftValues() (string, graft.Values) {\n".formatted(type)
        + "\tvalues := graft.Values{}\n"
        + values
        + "\treturn %s, values\n}\n".formatted(GoLiterals.text(message));
  }

  private static GoComment comment(
      Argument argument, String name, List<OneOf> oneofs, Map<String, String> members) {
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
    for (OneOf choice : oneofs) {
      if (argument.oneof().isPresent() && argument.oneof().get().equals(choice.field())) {
        String others =
            choice.members().stream()
                .filter(member -> !member.equals(argument.field()))
                .map(member -> members.getOrDefault(member, member))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
          notes.add("Not together with " + others + ".");
        }
      }
    }
    return notes.isEmpty() ? comment : comment.paragraph(String.join(" ", notes));
  }

  private static String text(DefaultValue value) {
    if (value instanceof DefaultValue.BooleanDefault truth) {
      return String.valueOf(truth.value());
    } else if (value instanceof DefaultValue.IntegerDefault integer) {
      return integer.value().toString();
    } else if (value instanceof DefaultValue.FloatingDefault number) {
      return String.valueOf(number.value());
    } else if (value instanceof DefaultValue.TextDefault text) {
      return GoLiterals.text(text.value());
    } else if (value instanceof DefaultValue.BytesDefault bytes) {
      return "the bytes " + GoLiterals.text(bytes.base64()) + " in base64";
    } else if (value instanceof DefaultValue.EnumDefault constant) {
      return constant.value().protoName();
    }
    throw new IllegalStateException("No text of " + value);
  }
}
