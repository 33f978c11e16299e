package dev.graft.generate.java;

import dev.graft.generate.model.Documentation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Javadoc comment; the formatter breaks its lines. */
final class Javadoc {
  private final List<String> blocks = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();

  /**
   * A comment with the author's text.
   *
   * @param otherwise the first sentence where the author wrote nothing; in HTML
   */
  Javadoc(Documentation documentation, String otherwise) {
    blocks.add(
        documentation.isEmpty() ? otherwise : sentence(escaped(documentation.paragraphs().get(0))));
    for (int index = 1; index < documentation.paragraphs().size(); index++) {
      blocks.add(escaped(documentation.paragraphs().get(index)));
    }
  }

  /** A paragraph of the generator's own, in HTML. */
  Javadoc then(String html) {
    blocks.add(html);
    return this;
  }

  /** A tag with its text in HTML, such as "@return this". */
  Javadoc tag(String text) {
    tags.add(text);
    return this;
  }

  private static String sentence(String text) {
    return ".!?:".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
  }

  /**
   * The author's text as HTML in a comment of Java: without tags, without what ends the comment,
   * and without a backslash, since one before a u is read even there.
   */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("{", "&#123;")
        .replace("}", "&#125;")
        .replace("*/", "*&#47;")
        .replace("/*", "&#47;*")
        .replace("\\", "&#92;");
  }

  @Override
  public String toString() {
    String description =
        blocks.get(0)
            + blocks.subList(1, blocks.size()).stream()
                .map(block -> "\n *\n * <p>" + block)
                .collect(Collectors.joining());
    String tagged =
        tags.isEmpty()
            ? ""
            : "\n *\n" + tags.stream().map(tag -> " * " + tag).collect(Collectors.joining("\n"));
    return "/**\n * " + description + tagged + "\n */\n";
  }
}
