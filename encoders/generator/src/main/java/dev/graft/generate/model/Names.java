package dev.graft.generate.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names of one scope in one language, in which keywords and names that generated code needs for
 * itself are avoided by an underscore behind them.
 *
 * <p>Not safe for use by several threads.
 */
public final class Names {
  private final Set<String> reserved;
  private final Map<String, String> taken = new HashMap<>();

  /**
   * An empty scope.
   *
   * @param reserved names that cannot be used in it
   */
  public Names(Set<String> reserved) {
    this.reserved = Set.copyOf(reserved);
  }

  /**
   * The name to use.
   *
   * @param wanted in the language's case
   * @param key what it is the name of; the same key gets the same name again
   */
  public String of(String wanted, String key) {
    String name = wanted;
    while (reserved.contains(name) || !taken.getOrDefault(name, key).equals(key)) {
      name += "_";
    }
    taken.put(name, key);
    return name;
  }
}
