package dev.graft.generate.typescript;

import dev.graft.generate.emit.LineBreaking;
import java.util.List;

/** Lines as prettier breaks them. */
final class Layout {
  /** Prettier's own width. */
  static final int WIDTH = 80;

  /** Prettier leaves the value beside a key that is shorter than this, whatever its length. */
  private static final int SHORT_KEY = 5;

  private static final LineBreaking LISTS = new LineBreaking(WIDTH, 2);

  private Layout() {}

  /** Something with a list of arguments in parentheses, on one line or an argument to a line. */
  static String list(int indent, String head, List<String> items, String tail) {
    return LISTS.list(indent, head + "(", items, ")" + tail);
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
