package dev.graft.api.node;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A regular expression for all names but some. It does without look-ahead, which not every engine
 * has: a name is another one where it differs from each at some character, or ends before, or goes
 * on after.
 */
final class OtherNames {
  private final Map<Integer, OtherNames> next = new TreeMap<>();
  private boolean isName;

  private OtherNames() {}

  /** The expression; it matches whole names only. */
  static String than(List<String> names) {
    OtherNames root = new OtherNames();
    names.forEach(root::add);
    return "(?s)" + root.pattern();
  }

  private void add(String name) {
    OtherNames end = this;
    for (int character : name.codePoints().toArray()) {
      end = end.next.computeIfAbsent(character, unknown -> new OtherNames());
    }
    end.isName = true;
  }

  /**
   * The pattern for the rest of a name from here on; it matches the empty rest unless a name ends
   * here.
   */
  private String pattern() {
    if (next.isEmpty()) {
      return isName ? ".+" : ".*";
    }
    StringBuilder differing = new StringBuilder("(?:[^");
    StringBuilder same = new StringBuilder();
    next.forEach(
        (character, rest) -> {
          String literal = String.format("\\x{%x}", character);
          differing.append(literal);
          same.append('|').append(literal).append(rest.pattern());
        });
    return differing + "].*" + same + ")" + (isName ? "" : "?");
  }
}
