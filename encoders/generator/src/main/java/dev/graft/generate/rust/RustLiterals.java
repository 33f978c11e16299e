package dev.graft.generate.rust;

import dev.graft.generate.emit.Described;
import dev.graft.generate.emit.Literals;
import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.EnumDefinition;

/** Literals, and defaults as documentation shows them. */
final class RustLiterals {
  private RustLiterals() {}

  /** A text in quotes, of printable ASCII characters only. */
  static String text(String text) {
    return "\"" + Literals.escaped(text, "\"\\", "\\u{%x}"::formatted) + "\"";
  }

  /** A default, as a sentence about it shows it. */
  static String described(DefaultValue value) {
    return Described.value(
        value,
        RustLiterals::text,
        bytes -> text(bytes) + " in base64",
        EnumDefinition.Value::protoName);
  }
}
