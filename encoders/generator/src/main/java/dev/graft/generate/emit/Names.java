package dev.graft.generate.emit;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.MessageType;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.Operation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The names of one scope in one language, in which keywords and names that generated code needs for
 * itself are avoided by an underscore behind them.
 *
 * <p>Not safe for use by several threads.
 */
public final class Names {
  private final Predicate<String> reserved;
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  /**
   * An empty scope.
   *
   * @param reserved whether a name cannot be used in it
   */
  public Names(Predicate<String> reserved) {
    this.reserved = reserved;
  }

  /** The names of fields of one message, each kept by the field's name in the source. */
  public static Names ofFields(
      Predicate<String> reserved, List<Argument> arguments, Function<Name, String> spelling) {
    Names names = new Names(reserved);
    arguments.forEach(each -> names.of(spelling.apply(each.name()), each.field()));
    return names;
  }

  /**
   * The names of the types that a file's operations, messages and enums are, those of enums kept by
   * their full names and the others by {@link #key}.
   */
  public static Names ofTypes(Predicate<String> reserved, ClientFile client) {
    Names names = new Names(reserved);
    client.operations().forEach(each -> names.of(each.name().pascal(), key(each)));
    client.messages().forEach(each -> names.of(each.name().pascal(), key(each)));
    client.enums().forEach(each -> names.of(each.name().pascal(), each.fullName()));
    return names;
  }

  /** What a message's type is kept by: an operation's message may be a data type beside it. */
  public static String key(MessageType message) {
    return message instanceof Operation
        ? message.fullName() + " as an operation"
        : message.fullName();
  }

  /**
   * The name to use.
   *
   * @param wanted in the language's case
   * @param key what it is the name of; the same key gets the same name again
   */
  public String of(String wanted, String key) {
    String name = wanted;
    while (reserved.test(name) || !keys.getOrDefault(name, key).equals(key)) {
      name += "_";
    }
    keys.put(name, key);
    names.put(key, name);
    return name;
  }

  /** The name that was found for a key. */
  public String get(String key) {
    String name = names.get(key);
    if (name == null) {
      throw new IllegalArgumentException("Nothing is called after " + key);
    }
    return name;
  }

  /** All names that were found. */
  public Collection<String> all() {
    return List.copyOf(names.values());
  }
}
