package dev.graft.encoder;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws rows as a table of text, for people: numbers to the right, everything else to the left. */
final class TextTable {
  private TextTable() {}

  static String draw(List<String> columnNames, List<List<@Nullable Object>> rows) {
    List<String> titles = columnNames.stream().map(TextTable::text).toList();
    List<List<String>> cells = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      cells.add(row.stream().map(TextTable::text).toList());
    }
    int[] widths = titles.stream().mapToInt(TextTable::width).toArray();
    for (List<String> row : cells) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    StringBuilder table = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      cell(table, titles.get(column), widths[column], false, column);
    }
    table.append('\n');
    for (int column = 0; column < widths.length; column++) {
      table.append(column == 0 ? "" : "  ").append("-".repeat(widths[column]));
    }
    table.append('\n');
    for (int row = 0; row < cells.size(); row++) {
      for (int column = 0; column < widths.length; column++) {
        boolean right = rows.get(row).get(column) instanceof Number;
        cell(table, cells.get(row).get(column), widths[column], right, column);
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static void cell(StringBuilder table, String text, int width, boolean right, int column) {
    String blanks = " ".repeat(width - width(text));
    table.append(column == 0 ? "" : "  ").append(right ? blanks + text : text + blanks);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String text(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    // A line break or an escape sequence in a value must not redraw the terminal.
    return String.valueOf(value).replaceAll("\\p{Cntrl}", "\u00b7");
  }
}
