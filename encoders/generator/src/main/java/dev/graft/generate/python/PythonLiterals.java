package dev.graft.generate.python;

import java.util.Base64;

/** Literals, as ruff writes them. */
final class PythonLiterals {
  private PythonLiterals() {}

  static String floating(double value, boolean single) {
    if (Double.isNaN(value)) {
      return "float(\"nan\")";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "float(\"inf\")" : "float(\"-inf\")";
    }
    return (single ? Float.toString((float) value) : Double.toString(value)).replace('E', 'e');
  }

  /** A text in double quotes, or in single quotes if that spares a backslash. */
  static String text(String text) {
    boolean single = text.indexOf('"') >= 0 && text.indexOf('\'') < 0;
    StringBuilder literal = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\\') {
                literal.append("\\\\");
              } else if (point == '"' && !single) {
                literal.append("\\x22");
              } else if (point >= 0x20 && point < 0x7F) {
                literal.appendCodePoint(point);
              } else if (point < 0x100) {
                literal.append(String.format("\\x%02x", point));
              } else if (point < 0x10000) {
                literal.append(String.format("\\u%04x", point));
              } else {
                literal.append(String.format("\\U%08x", point));
              }
            });
    return single ? "'" + literal + "'" : "\"" + literal + "\"";
  }

  static String bytes(String base64) {
    StringBuilder literal = new StringBuilder("b\"");
    for (byte each : Base64.getDecoder().decode(base64)) {
      if (each >= 0x20 && each < 0x7F && each != '"' && each != '\\') {
        literal.append((char) each);
      } else {
        literal.append(String.format("\\x%02x", each & 0xFF));
      }
    }
    return literal.append('"').toString();
  }
}
