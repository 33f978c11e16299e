package dev.graft.generate.emit;

import java.util.ArrayList;
import java.util.List;

/** Breaks texts into lines at blanks, and makes comments of lines. */
public final class TextWrapping {
  private TextWrapping() {}

  /**
   * The lines of a paragraph, none longer than a width except for words that are.
   *
   * @param text with single blanks, as {@code Documentation} has it
   * @param width in UTF-16 units, at least 1
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (line.length() > 0) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Lines behind what makes a comment of each, which a blank parts from those that have text. */
  public static String behind(String opening, List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(opening).append(line.isEmpty() ? "" : " " + line).append('\n');
    }
    return text.toString();
  }
}
