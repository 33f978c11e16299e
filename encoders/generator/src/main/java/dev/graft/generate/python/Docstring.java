package dev.graft.generate.python;

import dev.graft.generate.emit.TextWrapping;
import dev.graft.generate.model.Documentation;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.OneOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A docstring in the form of numpydoc. Its first line is the author's first sentence where that can
 * be one: a line that ends in a full stop.
 */
final class Docstring {
  /** Ruff's own width. */
  static final int WIDTH = 88;

  private static final Pattern PLAIN_WORD = Pattern.compile("^[a-z]+(?=[ ,.])");
  private static final Pattern UNDERLINE = Pattern.compile("-+|=+|- .*");
  private static final Pattern SECTION =
      Pattern.compile(
          "(?i)(short summary|extended summary|parameters|returns|yields|other parameters|raises|"
              + "see also|notes|references|examples|attributes|methods|receives|warnings?|warns|"
              + "args|arguments|note|example|todo|return|raise|keyword args|keyword arguments):?");

  private final int indent;
  private final List<String> lines = new ArrayList<>();

  Docstring(int indent, Documentation documentation, Name name) {
    this.indent = indent;
    String summary = summary(documentation);
    boolean usable =
        summary.length() + indent + 7 <= WIDTH
            && summary.endsWith(".")
            && !summary.startsWith("\"")
            && !summary.startsWith("-")
            && !summary.toLowerCase(Locale.ROOT).startsWith("this ");
    if (usable) {
      lines.add(summary);
      documentation.afterSummary().forEach(this::paragraph);
    } else {
      String spoken = String.join(" ", name.words());
      lines.add(Character.toUpperCase(spoken.charAt(0)) + spoken.substring(1) + ".");
      documentation.paragraphs().forEach(this::paragraph);
    }
  }

  private static String summary(Documentation documentation) {
    String sentence = clean(documentation.summary());
    if (sentence.isEmpty()) {
      return "";
    }
    if (PLAIN_WORD.matcher(sentence).find() || sentence.length() == 1) {
      sentence = Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
    char last = sentence.charAt(sentence.length() - 1);
    return last == '.' || last == '!' || last == '?' || last == ':' ? sentence : sentence + ".";
  }

  private void paragraph(String text) {
    // A list's items follow each other without a blank line.
    boolean item = text.startsWith("- ");
    if (!item || !lines.get(lines.size() - 1).startsWith("- ")) {
      lines.add("");
    }
    lines.addAll(wrapped(text, 0));
  }

  /** A section such as "Returns", with what stands below its line. */
  Docstring section(String title) {
    lines.add("");
    lines.add(title);
    lines.add("-".repeat(title.length()));
    return this;
  }

  /** An item of a section. */
  Docstring item(String head, List<String> paragraphs) {
    lines.add(head);
    for (int index = 0; index < paragraphs.size(); index++) {
      if (index > 0) {
        lines.add("");
      }
      lines.addAll(wrapped(paragraphs.get(index), 4));
    }
    return this;
  }

  /** A section about choices, if there are any, with members by names that readers know. */
  Docstring choices(List<OneOf> choices, UnaryOperator<String> name) {
    if (!choices.isEmpty()) {
      section("Notes");
    }
    for (OneOf choice : choices) {
      String members = choice.members().stream().map(name).collect(Collectors.joining(", "));
      lines.addAll(wrapped("At most one can be given of: " + members + ".", 0));
    }
    return this;
  }

  private List<String> wrapped(String text, int inner) {
    List<String> wrapped = new ArrayList<>();
    for (String line : TextWrapping.lines(clean(text), WIDTH - indent - inner)) {
      // What looks like a heading would be taken for one.
      boolean heading = SECTION.matcher(line).matches() || UNDERLINE.matcher(line).matches();
      if (heading && !wrapped.isEmpty()) {
        wrapped.set(wrapped.size() - 1, wrapped.get(wrapped.size() - 1) + " " + line);
      } else {
        wrapped.add(" ".repeat(inner) + (SECTION.matcher(line).matches() ? line + " ..." : line));
      }
    }
    return wrapped;
  }

  /** Without what would end the docstring; a backslash is kept by making the docstring raw. */
  private static String clean(String text) {
    return text.replace("\"\"\"", "'''");
  }

  /** The docstring with its quotes, one line or several, each with a line feed. */
  String text() {
    String margin = " ".repeat(indent);
    boolean raw = lines.stream().anyMatch(line -> line.indexOf('\\') >= 0);
    StringBuilder text = new StringBuilder(margin).append(raw ? "r\"\"\"" : "\"\"\"");
    if (lines.size() == 1) {
      return text.append(lines.get(0)).append("\"\"\"\n").toString();
    }
    text.append(lines.get(0)).append('\n');
    for (String line : lines.subList(1, lines.size())) {
      text.append(line.isEmpty() ? "" : margin + line).append('\n');
    }
    return text.append(margin).append("\"\"\"\n").toString();
  }
}
