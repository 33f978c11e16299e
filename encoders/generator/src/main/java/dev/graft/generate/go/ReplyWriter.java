package dev.graft.generate.go;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.Directions;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import dev.graft.generate.model.WellKnownType;
import java.util.List;

/** Writes the functions that make structs of the messages that commands answer with. */
final class ReplyWriter {
  private static final String PACKAGE = "graft.dev/encoders/go/fields";

  private final ClientFile client;
  private final GoNames names;
  private final GoTypes types;

  ReplyWriter(ClientFile client, GoNames names, GoTypes types) {
    this.client = client;
    this.names = names;
    this.types = types;
  }

  /** The functions, each a text of its own. */
  List<String> write() {
    return new Directions(client).received().stream().map(this::write).toList();
  }

  private String write(DataMessage message) {
    String type = names.type(message);
    Names members = GoNames.members(message.arguments());
    StringBuilder text = new StringBuilder();
    text.append("func decode%1$s(values graft.Values) %1$s {\n".formatted(type));
    text.append("\tvar m %s\n".formatted(type));
    for (Argument argument : message.arguments()) {
      text.append("\tm.%s = %s\n".formatted(members.get(argument.field()), value(argument)));
    }
    return text.append("\treturn m\n}\n").toString();
  }

  private String value(Argument argument) {
    ValueType type = argument.shape().type();
    String of = "(values, " + GoLiterals.text(argument.field()) + ")";
    if (argument.shape() instanceof Shape.ListOf) {
      String convert = convert(type);
      return convert.isEmpty()
          ? call("List[" + types.element(type) + "]" + of)
          : call("Each(" + call("List[" + decoded(type) + "]" + of) + ", " + convert + ")");
    } else if (argument.shape() instanceof Shape.MapOf map) {
      String key = "Map[" + GoTypes.scalar(map.key()) + ", ";
      String convert = convert(type);
      return convert.isEmpty()
          ? call(key + types.element(type) + "]" + of)
          : call("EachValue(" + call(key + decoded(type) + "]" + of) + ", " + convert + ")");
    }
    return single(argument, type, of);
  }

  private String single(Argument argument, ValueType type, String of) {
    if (type instanceof ValueType.Input input) {
      return call(inputName(input) + of);
    } else if (type instanceof ValueType.MessageReference) {
      return call("Message" + of.substring(0, of.length() - 1) + ", " + convert(type) + ")");
    } else if (isAnything(type)) {
      return "values[" + GoLiterals.text(argument.field()) + "]";
    }
    boolean pointer = GoTypes.isPointer(argument);
    // Absent, a field without presence is zero, also where it has a default for those who send it.
    boolean zero = pointer && !argument.explicitPresence() && argument.defaultValue().isPresent();
    String name = pointer && !zero ? "Optional" : "";
    String value =
        type instanceof ValueType.EnumReference
            ? call(name + "Enum[" + types.element(type) + "]" + of)
            : call((name.isEmpty() ? "Of" : name) + "[" + types.element(type) + "]" + of);
    return zero ? "graft.Ptr(" + value + ")" : value;
  }

  private String call(String text) {
    types.use(PACKAGE);
    return "fields." + text;
  }

  private static boolean isAnything(ValueType type) {
    return type instanceof ValueType.ForeignMessage
        || (type instanceof ValueType.WellKnown known && known.type() == WellKnownType.VALUE);
  }

  /** What the runtime decodes an element to that is then converted. */
  private static String decoded(ValueType type) {
    if (type instanceof ValueType.EnumReference) {
      return "int32";
    }
    return type instanceof ValueType.Input ? "[]byte" : "graft.Values";
  }

  /** The function that converts an element; empty if it is what it shall be. */
  private String convert(ValueType type) {
    if (type instanceof ValueType.MessageReference reference) {
      return "decode" + names.type(reference.fullName());
    } else if (type instanceof ValueType.EnumReference reference) {
      return call("Number[" + names.type(reference.fullName()) + "]");
    } else if (type instanceof ValueType.Input input) {
      return call(inputName(input) + "Of");
    }
    return "";
  }

  private static String inputName(ValueType.Input input) {
    if (input.kind() == InputKind.EXPRESSION) {
      return "Expression";
    }
    return input.plan() ? "Plan" : "Relation";
  }
}
