package dev.graft.generate.java;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Names;
import dev.graft.generate.model.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of one class and all in it. */
final class JavaNames {
  static final Set<String> KEYWORDS =
      Set.of(
          "_",
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "false",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "null",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "true",
          "try",
          "void",
          "volatile",
          "while");

  /** What every object has; a method of such a name would override, or not compile. */
  private static final Set<String> OF_OBJECT =
      Set.of(
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait");

  /** Types that a generated class names. */
  private static final Set<String> USED =
      Set.of(
          "Any",
          "BigInteger",
          "Boolean",
          "ByteString",
          "Command",
          "Answer",
          "Double",
          "Duration",
          "Enum",
          "Expression",
          "ExpressionInput",
          "Float",
          "Function",
          "IllegalArgumentException",
          "Instant",
          "Integer",
          "LinkedHashMap",
          "List",
          "Long",
          "Map",
          "Message",
          "NamedValues",
          "Object",
          "Operations",
          "Optional",
          "Override",
          "Record",
          "Relation",
          "RelationInput",
          "String",
          "SuppressWarnings");

  private final String outer;
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> factories = new HashMap<>();

  JavaNames(ClientFile client) {
    this.outer = client.name().pascal();
    Set<String> reserved = new HashSet<>(USED);
    reserved.add(outer);
    Names scope = new Names(reserved);
    Names methods = new Names(methods());
    for (Operation operation : client.operations()) {
      String key = key(operation);
      types.put(key, scope.of(operation.name().pascal(), key));
      factories.put(key, methods.of(operation.name().camel(), key));
    }
    for (DataMessage message : client.messages()) {
      types.put(message.fullName(), scope.of(message.name().pascal(), message.fullName()));
    }
    for (EnumDefinition definition : client.enums()) {
      types.put(definition.fullName(), scope.of(definition.name().pascal(), definition.fullName()));
    }
  }

  /** The class around all. */
  String outer() {
    return outer;
  }

  /** The class of a message or an enum, by its full name. */
  String type(String fullName) {
    return types.getOrDefault(fullName, "Object");
  }

  String type(Operation operation) {
    return type(key(operation));
  }

  String factory(Operation operation) {
    return factories.getOrDefault(key(operation), operation.name().camel());
  }

  /** The names of the methods for fields, by field. */
  static Map<String, String> members(List<Argument> arguments) {
    Set<String> reserved = methods();
    reserved.addAll(Set.of("create", "fields", "from", "made"));
    Names scope = new Names(reserved);
    Map<String, String> members = new HashMap<>();
    for (Argument argument : arguments) {
      members.put(argument.field(), scope.of(argument.name().camel(), argument.field()));
    }
    return members;
  }

  private static String key(Operation operation) {
    return operation.messageName() + " as an operation";
  }

  private static Set<String> methods() {
    Set<String> reserved = new HashSet<>(KEYWORDS);
    reserved.addAll(OF_OBJECT);
    return reserved;
  }
}
