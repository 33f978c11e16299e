package dev.graft.generate.typescript;

import java.util.List;

/** Lines as prettier breaks them. */
final class Layout {
  /** Prettier's own width. */
  static final int WIDTH = 80;

  /** Prettier leaves the value beside a key that is shorter than this, whatever its length. */
  private static final int SHORT_KEY = 5;

  private Layout() {}

  /** Something with a list of arguments in parentheses, on one line or an argument to a line. */
  static String list(int indent, String head, List<String> items, String tail) {
    String margin = " ".repeat(indent);
    String line = margin + head + "(" + String.join(", ", items) + ")" + tail;
    if (line.length() <= WIDTH || items.isEmpty()) {
      return line + "\n";
    }
    String inner = "\n  " + margin;
    return margin
        + head
        + "("
        + inner
        + String.join("," + inner, items)
        + ",\n"
        + margin
        + ")"
        + tail
        + "\n";
  }

  /** A property of an object that is a string. */
  static String property(int indent, String key, String literal) {
    String margin = " ".repeat(indent);
    String line = margin + key + ": " + literal + ",\n";
    return line.length() - 1 <= WIDTH || key.length() < SHORT_KEY
        ? line
        : margin + key + ":\n  " + margin + literal + ",\n";
  }

  /** A member of an interface. */
  static String member(String name, boolean optional, TypeText type) {
    String head = "  readonly " + name + (optional ? "?: " : ": ");
    String line = head + type.text() + ";\n";
    return line.length() - 1 <= WIDTH ? line : head + type.broken(2) + ";\n";
  }

  /** The declaration of an alias. */
  static String alias(String name, String type) {
    String line = "export type " + name + " = " + type + ";\n";
    return line.length() - 1 <= WIDTH ? line : "export type " + name + " =\n  " + type + ";\n";
  }
}
