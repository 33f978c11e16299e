package dev.graft.testkit.tree;

import dev.graft.registry.wire.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Values as one line of text: long ones are cut, and control characters are escaped. */
final class TreeText {
  static final int SHOWN_CHARACTERS = 80;

  private static final int SHOWN_BYTES = 16;

  private TreeText() {}

  static String quoted(Slice text) {
    // Four bytes are the longest character, so this many hold what is shown.
    int read = Math.min(text.length(), 4 * SHOWN_CHARACTERS + 4);
    String start = new String(text.bytes(), text.from(), read, StandardCharsets.UTF_8);
    if (read == text.length()) {
      return quoted(start);
    }
    return cut(start) + " (" + text.length() + " bytes)";
  }

  static String quoted(String text) {
    return text.length() <= SHOWN_CHARACTERS
        ? '"' + escaped(text) + '"'
        : cut(text) + " (" + text.length() + " characters)";
  }

  static String hexadecimal(Slice bytes) {
    int shown = Math.min(bytes.length(), SHOWN_BYTES);
    String start = HexFormat.of().formatHex(bytes.bytes(), bytes.from(), bytes.from() + shown);
    return "0x" + start + (shown < bytes.length() ? "…" : "") + " (" + bytes.length() + " bytes)";
  }

  private static String cut(String text) {
    return '"' + escaped(text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS))) + "…\"";
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          int type = Character.getType(c);
          boolean unprintable = type == Character.CONTROL || type == Character.FORMAT;
          out.append(unprintable ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
      }
    }
    return out.toString();
  }
}
