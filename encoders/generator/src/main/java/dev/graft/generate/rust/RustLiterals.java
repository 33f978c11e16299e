package dev.graft.generate.rust;

import dev.graft.generate.model.DefaultValue;

/** Literals, and defaults as documentation shows them. */
final class RustLiterals {
  private RustLiterals() {}

  /** A text in quotes, of printable ASCII characters only. */
  static String text(String text) {
    StringBuilder literal = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                literal.append('\\').appendCodePoint(point);
              } else if (point >= 0x20 && point < 0x7F) {
                literal.appendCodePoint(point);
              } else {
                literal.append("\\u{%x}".formatted(point));
              }
            });
    return literal.append('"').toString();
  }

  /** A default, as a sentence about it shows it. */
  static String described(DefaultValue value) {
    if (value instanceof DefaultValue.BooleanDefault truth) {
      return String.valueOf(truth.value());
    } else if (value instanceof DefaultValue.IntegerDefault integer) {
      return integer.value().toString();
    } else if (value instanceof DefaultValue.FloatingDefault number) {
      return String.valueOf(number.value());
    } else if (value instanceof DefaultValue.TextDefault text) {
      return text(text.value());
    } else if (value instanceof DefaultValue.BytesDefault bytes) {
      return text(bytes.base64()) + " in base64";
    } else if (value instanceof DefaultValue.EnumDefault constant) {
      return constant.value().protoName();
    }
    throw new IllegalStateException("No text of " + value);
  }
}
