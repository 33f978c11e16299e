package dev.graft.generate.emit;

import java.util.function.IntFunction;

/** What the literals of most languages have in common. */
public final class Literals {
  private Literals() {}

  /**
   * What stands between the quotes of a literal: printable ASCII characters only.
   *
   * @param quoted characters that get a backslash in front, the backslash among them
   * @param escape what is written for any other code point that is not printable ASCII
   */
  public static String escaped(String text, String quoted, IntFunction<String> escape) {
    StringBuilder literal = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (quoted.indexOf(point) >= 0) {
                literal.append('\\').appendCodePoint(point);
              } else if (point >= 0x20 && point < 0x7F) {
                literal.appendCodePoint(point);
              } else {
                literal.append(escape.apply(point));
              }
            });
    return literal.toString();
  }

  /** The escapes of a code point's UTF-16 units, as languages have them whose texts are made so. */
  public static String utf16(int point) {
    StringBuilder escapes = new StringBuilder();
    for (char unit : Character.toChars(point)) {
      escapes.append("\\u%04x".formatted((int) unit));
    }
    return escapes.toString();
  }

  /** The kind of quotes of a literal: double ones, or single ones if that spares a backslash. */
  public static String quotes(String text) {
    return text.contains("\"") && !text.contains("'") ? "'" : "\"";
  }
}
