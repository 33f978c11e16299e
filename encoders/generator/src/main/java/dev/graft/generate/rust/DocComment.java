package dev.graft.generate.rust;

import dev.graft.generate.emit.TextWrapping;
import dev.graft.generate.model.Documentation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A doc comment, which is Markdown: what looks like markup in an author's text is escaped, so that
 * rustdoc and clippy take it for text.
 */
final class DocComment {
  private static final int WIDTH = 100;

  /** An address, without the punctuation behind it. */
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[^\\s<>]*[^\\s<>.,;:!?)\\]}'\"]");

  /** What is more than text anywhere: escapes, code, emphasis, links, HTML, strokes, entities. */
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*\\[\\]<>~&|]|\\b_|_\\b");

  /** What is more than text at a line's beginning: headings, lists, quotations, underlines. */
  private static final Pattern BEGINNING = Pattern.compile("^([#+=:-]|\\d+(?=[.)]))");

  private final String margin;
  private final List<String> lines = new ArrayList<>();

  /**
   * An empty comment.
   *
   * @param indent how deep it stands, in blanks
   * @param opening {@code ///} or {@code //!}
   */
  DocComment(int indent, String opening) {
    this.margin = " ".repeat(indent) + opening;
  }

  static DocComment of(int indent) {
    return new DocComment(indent, "///");
  }

  /** Adds what the author wrote, or else a text of ours. */
  DocComment add(Documentation documentation, String otherwise) {
    if (documentation.isEmpty()) {
      return own(otherwise);
    }
    documentation.paragraphs().forEach(this::paragraph);
    return this;
  }

  /** Adds a paragraph of an author's text. */
  private void paragraph(String paragraph) {
    if (paragraph.startsWith("- ")) {
      item("", paragraph.substring(2));
    } else {
      own(escaped(paragraph));
    }
  }

  /**
   * Adds an item of a list.
   *
   * @param head text of ours before the author's
   */
  DocComment item(String head, String text) {
    if (!lines.isEmpty() && !lines.get(lines.size() - 1).matches("(- |  ).*")) {
      lines.add("");
    }
    List<String> wrapped = wrapped(head + escaped(text), WIDTH - margin.length() - 3);
    for (int index = 0; index < wrapped.size(); index++) {
      lines.add((index == 0 ? "- " : "  ") + wrapped.get(index));
    }
    return this;
  }

  /** Adds a paragraph of our own, which may have markup. */
  DocComment own(String paragraph) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.addAll(wrapped(paragraph, WIDTH - margin.length() - 1));
    return this;
  }

  /** Adds a paragraph with a text that is not ours at its end, as code if it can be. */
  DocComment code(String head, String text) {
    return own(head + asCode(text) + ".");
  }

  private static String asCode(String text) {
    return text.contains("`") ? escaped(text) : "`" + text + "`";
  }

  private static List<String> wrapped(String text, int width) {
    return TextWrapping.lines(text.replaceAll("\\p{Z}+", " ").strip(), width).stream()
        .map(line -> BEGINNING.matcher(line).replaceFirst(DocComment::escapedBeginning))
        .toList();
  }

  private static String escapedBeginning(MatchResult found) {
    String text = found.group();
    return Matcher.quoteReplacement(Character.isDigit(text.charAt(0)) ? text + "\\" : "\\" + text);
  }

  /** An author's text, of which nothing is markup but its addresses, which are links. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    Matcher address = ADDRESS.matcher(text);
    int end = 0;
    while (address.find()) {
      escaped.append(plain(text.substring(end, address.start())));
      escaped.append('<').append(address.group().replace("`", "%60")).append('>');
      end = address.end();
    }
    return escaped.append(plain(text.substring(end))).toString();
  }

  private static String plain(String text) {
    return MARKUP
        .matcher(text)
        .replaceAll(found -> "\\\\" + Matcher.quoteReplacement(found.group()));
  }

  @Override
  public String toString() {
    return TextWrapping.behind(margin, lines);
  }
}
