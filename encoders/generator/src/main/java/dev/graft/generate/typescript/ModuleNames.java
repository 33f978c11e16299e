package dev.graft.generate.typescript;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Operation;
import java.util.Set;

/** The names of one module. */
final class ModuleNames {
  /** Reserved words, also those of strict mode, and names that eslint wants left alone. */
  private static final Set<String> RESERVED =
      Set.of(
          "Infinity",
          "NaN",
          "arguments",
          "as",
          "async",
          "await",
          "break",
          "case",
          "catch",
          "class",
          "const",
          "continue",
          "debugger",
          "default",
          "delete",
          "do",
          "else",
          "enum",
          "eval",
          "export",
          "extends",
          "false",
          "finally",
          "for",
          "function",
          "if",
          "implements",
          "import",
          "in",
          "instanceof",
          "interface",
          "let",
          "new",
          "null",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "static",
          "super",
          "switch",
          "this",
          "throw",
          "true",
          "try",
          "typeof",
          "undefined",
          "var",
          "void",
          "while",
          "with",
          "yield",
          // What generated code names itself, and types that hide one of the language's.
          "BigInt",
          "Boolean",
          "Function",
          "Number",
          "Object",
          "ReadonlyMap",
          "String",
          "Symbol",
          "Uint8Array",
          "descriptors",
          "graft",
          "names",
          "operations",
          "options");

  /** What every object has; the compiler would compare it with the property's type. */
  private static final Set<String> OF_EVERY_OBJECT =
      Set.of(
          "constructor",
          "hasOwnProperty",
          "isPrototypeOf",
          "propertyIsEnumerable",
          "toLocaleString",
          "toString",
          "valueOf");

  private final Names module = new Names(RESERVED::contains);

  /** Names are given in the order of the source, so that the same source has the same names. */
  ModuleNames(ClientFile client) {
    client.enums().forEach(this::type);
    client.messages().forEach(this::type);
    client.operations().forEach(this::function);
    client.operations().forEach(this::options);
  }

  String type(EnumDefinition definition) {
    return module.of(definition.name().pascal(), definition.fullName());
  }

  /** The interface of a message that is given. */
  String type(DataMessage message) {
    return module.of(message.name().pascal(), message.fullName());
  }

  /** The interface of a message that is received, where another one is given. */
  String received(DataMessage message) {
    return module.of(message.name().pascal() + "Reply", message.fullName() + " received");
  }

  String function(Operation operation) {
    return module.of(operation.name().camel(), operation.fullName() + " called");
  }

  String options(Operation operation) {
    return module.of(operation.name().pascal() + "Options", operation.fullName() + " options");
  }

  /** A property; nearly any word can be one. */
  static String property(Argument argument) {
    String name = argument.name().camel();
    return OF_EVERY_OBJECT.contains(name) ? name + "_" : name;
  }
}
