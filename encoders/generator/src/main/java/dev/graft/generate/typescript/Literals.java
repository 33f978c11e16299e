package dev.graft.generate.typescript;

import dev.graft.generate.model.DefaultValue;

/** Literals, as prettier writes them. */
final class Literals {
  private Literals() {}

  /** A text in double quotes, or in single quotes if that spares a backslash. */
  static String text(String text) {
    boolean single = text.indexOf('"') >= 0 && text.indexOf('\'') < 0;
    StringBuilder literal = new StringBuilder();
    text.chars()
        .forEach(
            unit -> {
              if (unit == '\\' || (unit == '"' && !single)) {
                literal.append('\\').append((char) unit);
              } else if (unit == '\n') {
                literal.append("\\n");
              } else if (unit >= 0x20 && unit < 0x7F) {
                literal.append((char) unit);
              } else {
                literal.append(String.format("\\u%04x", unit));
              }
            });
    return single ? "'" + literal + "'" : "\"" + literal + "\"";
  }

  /** A default for people to read. */
  static String described(DefaultValue value) {
    if (value instanceof DefaultValue.BooleanDefault truth) {
      return String.valueOf(truth.value());
    } else if (value instanceof DefaultValue.IntegerDefault integer) {
      return integer.value().toString();
    } else if (value instanceof DefaultValue.FloatingDefault number) {
      return String.valueOf(number.value()).replace('E', 'e');
    } else if (value instanceof DefaultValue.TextDefault text) {
      return text(text.value());
    } else if (value instanceof DefaultValue.BytesDefault bytes) {
      return bytes.base64() + ", in base64";
    } else if (value instanceof DefaultValue.EnumDefault constant) {
      return constant.value().name().upperSnake();
    }
    throw new IllegalStateException("No literal of " + value);
  }
}
