package dev.graft.generate.typescript;

import dev.graft.generate.emit.TextWrapping;
import dev.graft.generate.model.Documentation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A comment in the form of TSDoc. */
final class DocComment {
  /** What eslint takes for an error wherever it stands; line and control characters are gone. */
  private static final Pattern IRREGULAR_BLANK =
      Pattern.compile("[\\u1680\\u180E\\u2000-\\u200B\\u202F\\u205F\\u3000\\uFEFF]+");

  /** What would begin a tag. */
  private static final Pattern TAG = Pattern.compile("(?<![A-Za-z0-9\\\\])@");

  private final int indent;
  private final List<String> lines = new ArrayList<>();

  DocComment(int indent) {
    this.indent = indent;
  }

  /** Adds what the author wrote. */
  DocComment add(Documentation documentation) {
    documentation.paragraphs().forEach(this::paragraph);
    return this;
  }

  /** Adds text of an author, which may hold anything. */
  DocComment paragraph(String text) {
    return append(clean(text));
  }

  /** Adds text of ours, which may hold tags. */
  DocComment append(String text) {
    boolean item = text.startsWith("- ");
    // A list's items follow each other without a blank line.
    if (!lines.isEmpty() && !(item && lines.get(lines.size() - 1).startsWith("- "))) {
      lines.add("");
    }
    lines.addAll(TextWrapping.lines(text, Layout.WIDTH - indent - " * ".length()));
    return this;
  }

  private static String clean(String text) {
    String plain = IRREGULAR_BLANK.matcher(text).replaceAll(" ").strip();
    return TAG.matcher(plain.replace("*/", "*\\/")).replaceAll("\\\\@");
  }

  /** The comment, each line with a line feed; empty if there is nothing to say. */
  String text() {
    if (lines.isEmpty() || lines.stream().allMatch(String::isEmpty)) {
      return "";
    }
    String margin = " ".repeat(indent);
    if (lines.size() == 1 && indent + lines.get(0).length() + "/**  */".length() <= Layout.WIDTH) {
      return margin + "/** " + lines.get(0) + " */\n";
    }
    return margin + "/**\n" + TextWrapping.behind(margin + " *", lines) + margin + " */\n";
  }
}
