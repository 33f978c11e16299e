package dev.graft.generate.go;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.Name;
import java.util.List;
import java.util.Set;

/**
 * The names of one package. Those of types, constants and fields begin with a capital, which no
 * keyword and nothing that generated code needs for itself does, but for the methods of types.
 */
final class GoNames {
  private static final Set<String> PACKAGES =
      Set.of(
          "break",
          "case",
          "chan",
          "const",
          "continue",
          "default",
          "defer",
          "else",
          "fallthrough",
          "for",
          "func",
          "go",
          "goto",
          "if",
          "import",
          "interface",
          "internal",
          "main",
          "map",
          "package",
          "range",
          "return",
          "select",
          "struct",
          "switch",
          "testdata",
          "type",
          "var",
          "vendor");

  private static final Set<String> METHODS =
      Set.of("Command", "Execute", "Expression", "GraftValues", "Relation");

  private final Names names;

  GoNames(ClientFile client) {
    names = Names.ofTypes(name -> false, client);
    for (EnumDefinition definition : client.enums()) {
      for (EnumDefinition.Value value : definition.values()) {
        names.of(type(definition.fullName()) + value.name().pascal(), key(definition, value));
      }
    }
  }

  /** The scope of packages that are generated into one folder. */
  static Names packages() {
    return new Names(PACKAGES::contains);
  }

  /** As Go's packages are called: in lower case, without underscores. */
  static String packageName(Name name) {
    return String.join("", name.words());
  }

  /** The type of a message or an enum, by its full name. */
  String type(String fullName) {
    return names.get(fullName);
  }

  String type(MessageType message) {
    return names.get(Names.key(message));
  }

  /** The constant of an enum's value. */
  String constant(EnumDefinition definition, EnumDefinition.Value value) {
    return names.get(key(definition, value));
  }

  /** The names of a struct's fields, by field of the message. */
  static Names members(List<Argument> arguments) {
    return Names.ofFields(METHODS::contains, arguments, Name::pascal);
  }

  private static String key(EnumDefinition definition, EnumDefinition.Value value) {
    return definition.fullName() + " " + value.protoName();
  }
}
