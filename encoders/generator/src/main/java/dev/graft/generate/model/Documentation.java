package dev.graft.generate.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the author wrote about something. It is untrusted text: it may hold whatever ends a comment
 * or a string in some language, so that every emitter must escape it.
 *
 * @param paragraphs each a text without line breaks and control characters, with single blanks and
 *     none at its ends; none empty. An item of a list is a paragraph that begins with "- ".
 */
public record Documentation(List<String> paragraphs) {
  private static final Pattern BLANK_LINE = Pattern.compile("\\R[ \\t]*\\R");
  private static final Pattern ITEM = Pattern.compile("\\R[ \\t]*[-*][ \\t]+");
  // Line and paragraph separators and controls, also those that change the direction of what
  // follows.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069]+");
  private static final Pattern BLANKS = Pattern.compile("[ \\u00A0]+");
  private static final Pattern FIRST_SENTENCE = Pattern.compile("^(.*?[.!?])(?:\\s|$)");
  private static final Documentation NONE = new Documentation(List.of());

  public Documentation {
    paragraphs = List.copyOf(paragraphs);
  }

  /** Nothing was written. */
  public static Documentation none() {
    return NONE;
  }

  /** The paragraphs of a text in which blank lines part them. */
  public static Documentation of(String text) {
    List<String> paragraphs = new ArrayList<>();
    for (String block : BLANK_LINE.split(text, -1)) {
      String[] items = ITEM.split("\n" + block, -1);
      for (int index = 0; index < items.length; index++) {
        String clean = UNPRINTABLE.matcher(items[index]).replaceAll(" ");
        clean = BLANKS.matcher(clean).replaceAll(" ").strip();
        if (!clean.isEmpty()) {
          paragraphs.add(index == 0 ? clean : "- " + clean);
        }
      }
    }
    return paragraphs.isEmpty() ? NONE : new Documentation(paragraphs);
  }

  /** Whether nothing was written. */
  public boolean isEmpty() {
    return paragraphs.isEmpty();
  }

  /** The first sentence; empty if nothing was written. */
  public String summary() {
    if (paragraphs.isEmpty()) {
      return "";
    }
    Matcher sentence = FIRST_SENTENCE.matcher(paragraphs.get(0));
    return sentence.find() ? sentence.group(1) : paragraphs.get(0);
  }

  /** What follows the first sentence. */
  public List<String> afterSummary() {
    if (paragraphs.isEmpty()) {
      return List.of();
    }
    List<String> rest = new ArrayList<>(paragraphs.subList(1, paragraphs.size()));
    String afterwards = paragraphs.get(0).substring(summary().length()).strip();
    if (!afterwards.isEmpty()) {
      rest.add(0, afterwards);
    }
    return List.copyOf(rest);
  }
}
