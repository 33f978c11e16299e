package dev.graft.generate.rust;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.Names;
import dev.graft.generate.model.OneOf;
import dev.graft.generate.model.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of one module. */
final class RustNames {
  /** Words of all editions. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "as",
          "async",
          "await",
          "become",
          "box",
          "break",
          "const",
          "continue",
          "crate",
          "do",
          "dyn",
          "else",
          "enum",
          "extern",
          "false",
          "final",
          "fn",
          "for",
          "gen",
          "if",
          "impl",
          "in",
          "let",
          "loop",
          "macro",
          "match",
          "mod",
          "move",
          "mut",
          "override",
          "priv",
          "pub",
          "ref",
          "return",
          "self",
          "static",
          "struct",
          "super",
          "trait",
          "true",
          "try",
          "type",
          "typeof",
          "unsafe",
          "unsized",
          "use",
          "virtual",
          "where",
          "while",
          "yield");

  /** Words that are no name in any spelling. */
  private static final Set<String> NEVER = Set.of("crate", "self", "super");

  /** What generated code takes from the prelude and from the standard library. */
  private static final Set<String> TYPES =
      Set.of(
          "BTreeMap",
          "Box",
          "Default",
          "Err",
          "From",
          "Into",
          "IntoIterator",
          "None",
          "Ok",
          "Option",
          "Self",
          "Some",
          "String",
          "Vec");

  /** Methods that a struct has beside those of its fields, or that its traits give it. */
  private static final Set<String> METHODS =
      Set.of(
          "clone",
          "command",
          "default",
          "execute",
          "expression",
          "fmt",
          "from",
          "from_values",
          "into",
          "into_value",
          "into_values",
          "new",
          "relation",
          "try_from",
          "try_into");

  private final Map<String, String> names = new HashMap<>();

  RustNames(ClientFile client) {
    Names scope = new Names(TYPES);
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
    for (Operation operation : client.operations()) {
      choices(scope, key(operation), operation.oneofs());
    }
    for (DataMessage message : client.messages()) {
      choices(scope, message.fullName(), message.oneofs());
    }
  }

  private void choices(Names scope, String owner, List<OneOf> choices) {
    for (OneOf choice : choices) {
      String key = key(owner, choice);
      names.put(key, scope.of(names.get(owner) + choice.name().pascal(), key));
    }
  }

  /** The scope of modules that are generated into one folder. */
  static Names modules() {
    Set<String> reserved = new HashSet<>(KEYWORDS);
    reserved.addAll(Set.of("lib", "main"));
    return new Names(reserved);
  }

  /** The type of a message or an enum, by its full name. */
  String type(String fullName) {
    String name = names.get(fullName);
    if (name == null) {
      throw new IllegalArgumentException("No type of " + fullName);
    }
    return name;
  }

  /** What the types of an operation are kept by; a message may be a type beside it. */
  static String key(Operation operation) {
    return operation.messageName() + " as an operation";
  }

  /** The enum of a choice, whose owner is known by its full name or by its key. */
  String choice(String owner, OneOf choice) {
    return type(key(owner, choice));
  }

  private static String key(String owner, OneOf choice) {
    return owner + " oneof " + choice.field();
  }

  /** The names of a struct's fields and their setters, by field and oneof of the message. */
  static Map<String, String> members(List<Argument> arguments, List<OneOf> choices) {
    Names scope = new Names(METHODS);
    Map<String, String> members = new HashMap<>();
    for (Argument argument : arguments) {
      members.put(
          argument.field(), identifier(scope.of(argument.name().snake(), argument.field())));
    }
    for (OneOf choice : choices) {
      members.put(choice.field(), identifier(scope.of(choice.name().snake(), choice.field())));
    }
    return members;
  }

  /** The variants of a choice, by field of the message. */
  static Map<String, String> variants(List<Argument> members) {
    Names scope = new Names(Set.of("Self"));
    Map<String, String> variants = new HashMap<>();
    for (Argument member : members) {
      variants.put(member.field(), scope.of(member.name().pascal(), member.field()));
    }
    return variants;
  }

  /** The variants of an enum, by name in the source. */
  static Map<String, String> variants(EnumDefinition definition) {
    Names scope = new Names(Set.of("Self", "Unrecognized"));
    Map<String, String> variants = new HashMap<>();
    for (EnumDefinition.Value value : definition.values()) {
      variants.put(value.protoName(), scope.of(value.name().pascal(), value.protoName()));
    }
    return variants;
  }

  private static String identifier(String name) {
    if (NEVER.contains(name)) {
      return name + "_";
    }
    return KEYWORDS.contains(name) ? "r#" + name : name;
  }
}
