package dev.graft.generate.java;

/** Literals. */
final class JavaLiterals {
  private JavaLiterals() {}

  /** A text in quotes, of ASCII characters only. */
  static String text(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int index = 0; index < text.length(); index++) {
      char each = text.charAt(index);
      if (each == '"' || each == '\\') {
        literal.append('\\').append(each);
      } else if (each >= 0x20 && each < 0x7F) {
        literal.append(each);
      } else if (each < 0x20) {
        // Not as \ u: that would be a line break before the literal is read.
        literal.append("\\%03o".formatted((int) each));
      } else {
        literal.append("\\u%04x".formatted((int) each));
      }
    }
    return literal.append('"').toString();
  }
}
