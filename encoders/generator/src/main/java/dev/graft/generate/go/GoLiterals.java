package dev.graft.generate.go;

import dev.graft.generate.emit.Literals;

/** Literals. */
final class GoLiterals {
  private GoLiterals() {}

  /** A text in quotes, of printable ASCII characters only. */
  static String text(String text) {
    return "\""
        + Literals.escaped(
            text, "\"\\", point -> (point < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(point))
        + "\"";
  }
}
