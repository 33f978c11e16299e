package dev.graft.builtin.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names as Spark reads them where a column is named by a text: parts between dots, each in
 * backticks where it holds dots itself, and a backtick in those written twice.
 */
public final class NameParts {
  private NameParts() {}

  /** The parts; empty where Spark would not read the text as a name. */
  public static Optional<List<String>> of(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      StringBuilder part = new StringBuilder();
      at = text.startsWith("`", at) ? quoted(text, at + 1, part) : unquoted(text, at, part);
      if (at < 0 || part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.toString());
      if (at == text.length()) {
        return Optional.of(parts);
      } else if (text.charAt(at) != '.') {
        return Optional.empty();
      }
      at++;
    }
    return Optional.empty();
  }

  /** Reads to behind the closing backtick; -1 where there is none. */
  private static int quoted(String text, int start, StringBuilder part) {
    for (int at = start; at < text.length(); at++) {
      if (text.charAt(at) != '`') {
        part.append(text.charAt(at));
      } else if (text.startsWith("``", at)) {
        part.append('`');
        at++;
      } else {
        return at + 1;
      }
    }
    return -1;
  }

  /** Reads to a dot or the end; -1 where there is a backtick. */
  private static int unquoted(String text, int start, StringBuilder part) {
    int at = start;
    while (at < text.length() && text.charAt(at) != '.') {
      if (text.charAt(at) == '`') {
        return -1;
      }
      part.append(text.charAt(at));
      at++;
    }
    return at;
  }
}
