package dev.graft.generate.go;

import dev.graft.generate.emit.TextWrapping;
import dev.graft.generate.model.Documentation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A doc comment, as gofmt leaves it: it rewrites what looks like a heading, a list, a link or a
 * quotation, so the author's text must not look like one by chance.
 */
final class GoComment {
  private static final int WIDTH = 100;

  /** What gofmt, or the compiler, takes for more than text where a line begins with it. */
  private static final Pattern MARKUP = Pattern.compile("^([#\\-*+•\\[]|\\d+[.)]).*");

  private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?:;]$");
  private static final Pattern BACKQUOTES = Pattern.compile("`{2,}");
  private static final Pattern APOSTROPHES = Pattern.compile("'{2,}");

  private final String indent;
  private final List<String> lines = new ArrayList<>();

  /**
   * A comment.
   *
   * @param indent how deep it stands, in tabs
   * @param subject what it is about; the comment begins with it, as Go's do
   * @param otherwise what follows the subject where nothing was written
   */
  GoComment(int indent, String subject, Documentation documentation, String otherwise) {
    this.indent = "\t".repeat(indent) + "//";
    if (documentation.isEmpty()) {
      lines.addAll(wrapped(subject + " " + otherwise, WIDTH));
    } else {
      List<String> paragraphs = documentation.paragraphs();
      // As a word of its own, a list's item would not be one of a list.
      lines.addAll(
          wrapped(subject + ": " + text(paragraphs.get(0).replaceFirst("^- ", "")), WIDTH));
      paragraphs.subList(1, paragraphs.size()).forEach(this::paragraph);
    }
  }

  /** Adds a paragraph. */
  GoComment paragraph(String paragraph) {
    boolean item = paragraph.startsWith("- ");
    if (!item || !lines.get(lines.size() - 1).startsWith("  ")) {
      lines.add("");
    }
    if (item) {
      String text = text(paragraph.substring(2));
      List<String> wrapped =
          wrapped(MARKUP.matcher(text).matches() ? "… " + text : text, WIDTH - 4);
      for (int index = 0; index < wrapped.size(); index++) {
        lines.add((index == 0 ? "  - " : "    ") + wrapped.get(index));
      }
    } else {
      String text = text(paragraph);
      lines.addAll(wrapped(MARKUP.matcher(text).matches() ? "… " + text : text, WIDTH));
    }
    return this;
  }

  private static String text(String paragraph) {
    String text = BACKQUOTES.matcher(paragraph).replaceAll("`");
    text = APOSTROPHES.matcher(text).replaceAll("'");
    // A byte order mark is no part of a Go program.
    text = text.replace("\uFEFF", "").strip();
    // One line without a full stop would be a heading.
    return SENTENCE_END.matcher(text).matches() ? text : text + ".";
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : TextWrapping.lines(text.replaceAll("\\p{Z}+", " "), width)) {
      if (!lines.isEmpty() && MARKUP.matcher(line).matches()) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line);
      } else {
        lines.add(line);
      }
    }
    return lines;
  }

  @Override
  public String toString() {
    return TextWrapping.behind(indent, lines);
  }
}
