package dev.graft.generate.python;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.OneOf;
import java.util.ArrayList;
import java.util.List;

/** Writes enums and data classes. */
final class TypeWriter {
  private final PythonNames names;
  private final PythonTypes types;

  TypeWriter(PythonNames names, PythonTypes types) {
    this.names = names;
    this.types = types;
  }

  String write(EnumDefinition definition) {
    Docstring docstring = new Docstring(4, definition.documentation(), definition.name());
    StringBuilder members = new StringBuilder();
    boolean documented = false;
    for (EnumDefinition.Value value : definition.values()) {
      members.append("    %s = %d%n".formatted(value.name().upperSnake(), value.number()));
      documented |= !value.documentation().isEmpty();
    }
    if (documented) {
      docstring.section("Attributes");
      for (EnumDefinition.Value value : definition.values()) {
        docstring.item(value.name().upperSnake(), value.documentation().paragraphs());
      }
    }
    return "class "
        + names.type(definition.fullName())
        + "(IntEnum):\n"
        + docstring.text()
        + "\n"
        + members;
  }

  String write(DataMessage message) {
    Docstring docstring = new Docstring(4, message.documentation(), message.name());
    StringBuilder members = new StringBuilder();
    List<Argument> arguments = inOrder(message);
    if (!arguments.isEmpty()) {
      docstring.section("Attributes");
    }
    for (Argument argument : arguments) {
      requireNotMangled(message, argument);
      String value = types.defaultText(argument);
      String name = PythonNames.attribute(argument);
      members
          .append("    ")
          .append(name)
          .append(": ")
          .append(types.annotation(argument))
          .append(value.isEmpty() ? "" : " = " + value)
          .append('\n');
      docstring.item(
          name + " : " + types.type(argument.shape()), argument.documentation().paragraphs());
    }
    for (OneOf choice : message.oneofs()) {
      if (choice.equals(message.oneofs().get(0))) {
        docstring.section("Notes");
      }
      docstring.text("At most one can be given of: " + String.join(", ", choice.members()) + ".");
    }
    return "@dataclass(frozen=True)\nclass "
        + names.type(message.fullName())
        + ":\n"
        + docstring.text()
        + (members.isEmpty() ? "" : "\n" + members);
  }

  /** Attributes without a default come first, as Python wants it. */
  static List<Argument> inOrder(DataMessage message) {
    List<Argument> arguments = new ArrayList<>();
    message.arguments().stream().filter(Argument::required).forEach(arguments::add);
    message.arguments().stream().filter(each -> !each.required()).forEach(arguments::add);
    return arguments;
  }

  private static void requireNotMangled(DataMessage message, Argument argument) {
    if (argument.field().startsWith("__")) {
      throw new GenerationException(
          Code.GRAFT_NAME_INVALID,
          "The field "
              + argument.field()
              + " of "
              + message.fullName()
              + " begins with two underscores, and Python gives such an attribute another name."
              + " Rename it.");
    }
  }
}
