package dev.graft.generate.python;

import dev.graft.generate.emit.Literals;
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
    String quotes = Literals.quotes(text);
    String literal = Literals.escaped(text, "\\", PythonLiterals::escape);
    return quotes + (quotes.equals("\"") ? literal.replace("\"", "\\x22") : literal) + quotes;
  }

  private static String escape(int point) {
    String form = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
    return form.formatted(point);
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
