package dev.graft.generate.typescript;

import dev.graft.generate.emit.Described;
import dev.graft.generate.emit.Literals;
import dev.graft.generate.model.DefaultValue;

/** Literals, as prettier writes them. */
final class TypeScriptLiterals {
  private TypeScriptLiterals() {}

  /** A text in double quotes, or in single quotes if that spares a backslash. */
  static String text(String text) {
    String quotes = Literals.quotes(text);
    return quotes
        + Literals.escaped(
            text,
            quotes.equals("\"") ? "\"\\" : "\\",
            point -> point == '\n' ? "\\n" : Literals.utf16(point))
        + quotes;
  }

  /** A default for people to read. */
  static String described(DefaultValue value) {
    String described =
        Described.value(
            value,
            TypeScriptLiterals::text,
            bytes -> bytes + ", in base64",
            constant -> constant.name().upperSnake());
    return value instanceof DefaultValue.FloatingDefault ? described.replace('E', 'e') : described;
  }
}
