package dev.graft.generate.go;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.Names;
import dev.graft.generate.model.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final Map<String, String> names = new HashMap<>();

  GoNames(ClientFile client) {
    Names scope = new Names(Set.of());
    for (Operation operation : client.operations()) {
      String key = key(operation);
      names.put(key, scope.of(operation.name().pascal(), key));
    }
    for (DataMessage message : client.messages()) {
      names.put(message.fullName(), scope.of(message.name().pascal(), message.fullName()));
    }
    for (EnumDefinition definition : client.enums()) {
      names.put(definition.fullName(), scope.of(definition.name().pascal(), definition.fullName()));
    }
    for (EnumDefinition definition : client.enums()) {
      for (EnumDefinition.Value value : definition.values()) {
        String key = key(definition, value);
        names.put(key, scope.of(type(definition.fullName()) + value.name().pascal(), key));
      }
    }
  }

  /** The scope of packages that are generated into one folder. */
  static Names packages() {
    return new Names(PACKAGES);
  }

  /** As Go's packages are called: in lower case, without underscores. */
  static String packageName(Name name) {
    return String.join("", name.words());
  }

  /** The type of a message or an enum, by its full name. */
  String type(String fullName) {
    return names.getOrDefault(fullName, "any");
  }

  String type(Operation operation) {
    return type(key(operation));
  }

  /** The constant of an enum's value. */
  String constant(EnumDefinition definition, EnumDefinition.Value value) {
    return type(key(definition, value));
  }

  /** The names of a struct's fields, by field of the message. */
  static Map<String, String> members(List<Argument> arguments) {
    Names scope = new Names(METHODS);
    Map<String, String> members = new HashMap<>();
    for (Argument argument : arguments) {
      members.put(argument.field(), scope.of(argument.name().pascal(), argument.field()));
    }
    return members;
  }

  private static String key(Operation operation) {
    return operation.messageName() + " as an operation";
  }

  private static String key(EnumDefinition definition, EnumDefinition.Value value) {
    return definition.fullName() + " " + value.protoName();
  }
}
