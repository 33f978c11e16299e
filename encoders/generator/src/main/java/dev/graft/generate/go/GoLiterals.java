package dev.graft.generate.go;

/** Literals. */
final class GoLiterals {
  private GoLiterals() {}

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
              } else if (point < 0x10000) {
                literal.append("\\u%04x".formatted(point));
              } else {
                literal.append("\\U%08x".formatted(point));
              }
            });
    return literal.append('"').toString();
  }
}
