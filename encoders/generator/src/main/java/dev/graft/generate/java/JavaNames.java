package dev.graft.generate.java;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.Operation;
import java.util.List;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** The names of one class and all in it. */
final class JavaNames {
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

  /** What the class of a message has beside the methods for its fields. */
  private static final Set<String> OF_MESSAGES = Set.of("create", "fields", "from", "made");

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
  private final Names types;
  private final Names factories = new Names(JavaNames::isTaken);

  JavaNames(ClientFile client) {
    this.outer = client.name().pascal();
    this.types = Names.ofTypes(name -> USED.contains(name) || name.equals(outer), client);
  }

  /** The class around all. */
  String outer() {
    return outer;
  }

  /** The class of a message or an enum, by its full name. */
  String type(String fullName) {
    return types.get(fullName);
  }

  String type(MessageType message) {
    return types.get(Names.key(message));
  }

  String factory(Operation operation) {
    return factories.of(operation.name().camel(), operation.fullName());
  }

  /** The names of the methods for fields, by field. */
  static Names members(List<Argument> arguments) {
    return Names.ofFields(
        name -> isTaken(name) || OF_MESSAGES.contains(name), arguments, Name::camel);
  }

  /** Whether the language has a word for itself, so that nothing can be called so. */
  static boolean isKeyword(String word) {
    return SourceVersion.isKeyword(word, SourceVersion.RELEASE_17);
  }

  /** Whether no method can be called so. */
  private static boolean isTaken(String name) {
    return isKeyword(name) || OF_OBJECT.contains(name);
  }
}
