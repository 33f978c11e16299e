package dev.graft.benchmarks.table;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A table in Markdown, built row by row. Not safe for use by several threads. */
public final class MarkdownTable {
  private final StringBuilder text;

  /**
   * A table without rows.
   *
   * @param head the two lines of its head, with a line break at the end
   */
  public MarkdownTable(String head) {
    text = new StringBuilder(head);
  }

  /** Adds a row. */
  public void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** The cell of a timing; empty if there is none. */
  public static String cell(@Nullable Timing timing) {
    return timing == null ? "" : timing.toString();
  }

  /** The cell of a count, with separators. */
  public static String cell(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /**
   * How many times longer one timing is than another; empty if one of them is missing.
   *
   * @param format how the number is to be written
   */
  public static String ratio(@Nullable Timing timing, @Nullable Timing base, String format) {
    return timing == null || base == null
        ? ""
        : String.format(Locale.ROOT, format, timing.over(base));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
