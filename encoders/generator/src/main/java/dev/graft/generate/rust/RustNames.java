package dev.graft.generate.rust;

import dev.graft.generate.emit.Names;
import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.EnumDefinition;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.OneOf;
import java.util.List;
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

  private final Names names;

  RustNames(ClientFile client) {
    this.names = Names.ofTypes(TYPES::contains, client);
    client.operations().forEach(this::addChoices);
    client.messages().forEach(this::addChoices);
  }

  private void addChoices(MessageType owner) {
    for (OneOf choice : owner.oneofs()) {
      names.of(type(owner) + choice.name().pascal(), key(owner, choice));
    }
  }

  /** The scope of modules that are generated into one folder. */
  static Names modules() {
    return new Names(name -> KEYWORDS.contains(name) || name.equals("lib") || name.equals("main"));
  }

  /** The type of a message or an enum, by its full name. */
  String type(String fullName) {
    return names.get(fullName);
  }

  String type(MessageType message) {
    return names.get(Names.key(message));
  }

  /** The enum of a choice. */
  String choice(MessageType owner, OneOf choice) {
    return names.get(key(owner, choice));
  }

  private static String key(MessageType owner, OneOf choice) {
    return Names.key(owner) + " oneof " + choice.field();
  }

  /**
   * The names of a struct's fields and their setters, by field and oneof of the message; each wants
   * to be made an {@link #identifier}.
   */
  static Names members(MessageType message) {
    Names scope = Names.ofFields(METHODS::contains, message.arguments(), Name::snake);
    message.oneofs().forEach(choice -> scope.of(choice.name().snake(), choice.field()));
    return scope;
  }

  /** The variants of a choice, by field of the message. */
  static Names variants(List<Argument> members) {
    return Names.ofFields("Self"::equals, members, Name::pascal);
  }

  /** The variants of an enum, by name in the source. */
  static Names variants(EnumDefinition definition) {
    Names scope = new Names(Set.of("Self", "Unrecognized")::contains);
    definition.values().forEach(value -> scope.of(value.name().pascal(), value.protoName()));
    return scope;
  }

  /** A name as it can be written, though it be a keyword. */
  static String identifier(String name) {
    if (NEVER.contains(name)) {
      return name + "_";
    }
    return KEYWORDS.contains(name) ? "r#" + name : name;
  }
}
