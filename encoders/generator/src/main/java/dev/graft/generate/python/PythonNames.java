package dev.graft.generate.python;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.Names;
import dev.graft.generate.model.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of one module. */
final class PythonNames {
  static final Set<String> KEYWORDS =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield");

  /** What a module imports and what its annotations name; nothing else in it may be called so. */
  private static final Set<String> USED =
      Set.of(
          "Any",
          "Column",
          "DataFrame",
          "IntEnum",
          "Mapping",
          "Sequence",
          "SparkSession",
          "TYPE_CHECKING",
          "annotations",
          "bool",
          "bytes",
          "dataclass",
          "dict",
          "tuple",
          "datetime",
          "float",
          "graft",
          "int",
          "isinstance",
          "str",
          "type",
          "timedelta");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> functions = new HashMap<>();

  PythonNames(ClientFile client) {
    Names module = new Names(reserved());
    for (EnumDefinition definition : client.enums()) {
      types.put(
          definition.fullName(), module.of(definition.name().pascal(), definition.fullName()));
    }
    for (DataMessage message : client.messages()) {
      types.put(message.fullName(), module.of(message.name().pascal(), message.fullName()));
    }
    for (Operation operation : client.operations()) {
      String key = operation.messageName() + " as " + operation.kind();
      functions.put(operation.messageName(), module.of(operation.name().snake(), key));
    }
  }

  /** The name of a module, which must not hide another: see {@link PythonModules}. */
  static String module(Name name) {
    String module = name.snake();
    boolean taken = KEYWORDS.contains(module) || PythonModules.isTaken(module);
    return taken ? module + "_" : module;
  }

  /** The class of an enum or a message, by its full name. */
  String type(String fullName) {
    return types.getOrDefault(fullName, "Any");
  }

  /** All public names. */
  List<String> all() {
    List<String> all = new ArrayList<>(types.values());
    all.addAll(functions.values());
    return all;
  }

  String function(Operation operation) {
    return functions.getOrDefault(operation.messageName(), operation.name().snake());
  }

  /** The names of an operation's parameters, by field. */
  static Map<String, String> parameters(Operation operation) {
    Set<String> reserved = new HashSet<>(KEYWORDS);
    reserved.add("spark");
    Names names = new Names(reserved);
    Map<String, String> parameters = new HashMap<>();
    for (Argument argument : operation.arguments()) {
      parameters.put(argument.field(), names.of(argument.name().snake(), argument.field()));
    }
    return parameters;
  }

  /**
   * The name of an attribute. The runtime looks for the field's own name, or that with an
   * underscore behind it.
   */
  static String attribute(Argument argument) {
    return reserved().contains(argument.field()) ? argument.field() + "_" : argument.field();
  }

  private static Set<String> reserved() {
    Set<String> reserved = new HashSet<>(KEYWORDS);
    reserved.addAll(USED);
    return reserved;
  }
}
