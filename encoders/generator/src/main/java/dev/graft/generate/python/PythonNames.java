package dev.graft.generate.python;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.Operation;
import java.util.Collection;
import java.util.Set;

/** The names of one module. */
final class PythonNames {
  private static final Set<String> KEYWORDS =
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

  private final Names names = new Names(PythonNames::isReserved);

  PythonNames(ClientFile client) {
    client.enums().forEach(each -> names.of(each.name().pascal(), each.fullName()));
    client.messages().forEach(each -> names.of(each.name().pascal(), Names.key(each)));
    client.operations().forEach(each -> names.of(each.name().snake(), Names.key(each)));
  }

  /** The name of a module, which must not hide another: see {@link PythonModules}. */
  static String module(Name name) {
    String module = name.snake();
    boolean taken = KEYWORDS.contains(module) || PythonModules.isTaken(module);
    return taken ? module + "_" : module;
  }

  /** The class of an enum or a message, by its full name. */
  String type(String fullName) {
    return names.get(fullName);
  }

  /** All public names. */
  Collection<String> all() {
    return names.all();
  }

  String function(Operation operation) {
    return names.get(Names.key(operation));
  }

  /** The names of an operation's parameters, by field. */
  static Names parameters(Operation operation) {
    return Names.ofFields(
        name -> KEYWORDS.contains(name) || name.equals("spark"),
        operation.arguments(),
        Name::snake);
  }

  /**
   * The name of an attribute. The runtime looks for the field's own name, or that with an
   * underscore behind it.
   */
  static String attribute(Argument argument) {
    return isReserved(argument.field()) ? argument.field() + "_" : argument.field();
  }

  private static boolean isReserved(String name) {
    return KEYWORDS.contains(name) || USED.contains(name);
  }
}
