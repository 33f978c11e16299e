package dev.graft.generate.emit;

import java.util.List;

/**
 * How a language's formatter breaks what is too long for a line.
 *
 * @param width of a line, in UTF-16 units
 * @param step how much deeper the parts stand, in blanks
 */
public record LineBreaking(int width, int step) {
  /**
   * Something with a list of parts, on one line or with a part to a line.
   *
   * @param indent in blanks
   * @param head what stands before the parts, with what opens the list
   * @param tail what closes the list, and all behind it
   */
  public String list(int indent, String head, List<String> parts, String tail) {
    String margin = " ".repeat(indent);
    String line = margin + head + String.join(", ", parts) + tail;
    return line.length() <= width || parts.isEmpty()
        ? line + "\n"
        : margin + head + "\n" + each(indent + step, parts) + margin + tail + "\n";
  }

  /** The parts of a list, each on a line of its own. */
  public static String each(int indent, List<String> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(" ".repeat(indent)).append(part).append(",\n"));
    return text.toString();
  }
}
