package dev.graft.generate.java;

import dev.graft.generate.emit.Literals;

/** Literals. */
final class JavaLiterals {
  private JavaLiterals() {}

  /** A text in quotes, of ASCII characters only. */
  static String text(String text) {
    return "\""
        + Literals.escaped(
            text,
            "\"\\",
            // A control not as \ u: that would be a line break before the literal is read.
            point -> point < 0x20 ? "\\%03o".formatted(point) : Literals.utf16(point))
        + "\"";
  }
}
