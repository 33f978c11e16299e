package dev.graft.generate.python;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.MessageType;
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
    docstring.choices(message.oneofs(), field -> field);
    return "@dataclass(frozen=True)\nclass "
        + names.type(message.fullName())
        + ":\n"
        + docstring.text()
        + (members.isEmpty() ? "" : "\n" + members);
  }

  /** What must be given before what need not, as Python wants attributes. */
  static List<Argument> inOrder(MessageType message) {
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
