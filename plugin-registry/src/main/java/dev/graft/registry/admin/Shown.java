package dev.graft.registry.admin;

import dev.graft.spi.StatusTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values and tables as people read them. */
final class Shown {
  private static final int KIBI = 1_024;
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  /** A text is cut at a terminal where it is longer. */
  private static final int WIDEST = 60;

  private Shown() {}

  /** The heading of a column: its name in words. */
  static String heading(StatusTable.Column column) {
    return column.name().replaceFirst("_ms$", ", ms").replace('_', ' ');
  }

  /** A value of a column. */
  static String value(StatusTable.Type type, Object value) {
    return switch (type) {
      case TEXT -> String.valueOf(value);
      case COUNT -> String.format(Locale.ROOT, "%,d", (Long) value);
      case BYTES -> bytes((Long) value);
      case MILLISECONDS -> String.format(Locale.ROOT, "%.3f", (Double) value);
      case TIME -> Html.time((Instant) value);
    };
  }

  /** A number of bytes, in the largest unit of which there is at least one. */
  static String bytes(long bytes) {
    double shown = bytes;
    int unit = 0;
    while (shown >= KIBI && unit < UNITS.size() - 1) {
      shown /= KIBI;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", shown, UNITS.get(unit));
  }

  /** A table for a terminal, without a line break at its end. */
  static String text(StatusTable table) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.columns().stream().map(Shown::heading).toList());
    for (List<Object> row : table.rows()) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        boolean last = i == row.size() - 1;
        String value = value(table.columns().get(i).type(), row.get(i));
        line.add(last || value.length() <= WIDEST ? value : value.substring(0, WIDEST - 1) + "…");
      }
      lines.add(line);
    }
    int[] widths = new int[table.columns().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        boolean right = Html.isNumber(table.columns().get(i).type());
        text.append(i == 0 ? "" : "  ")
            .append(right ? " ".repeat(widths[i] - line.get(i).length()) : "")
            .append(line.get(i))
            .append(right ? "" : " ".repeat(widths[i] - line.get(i).length()));
      }
      out.append(out.isEmpty() ? "" : "\n").append(text.toString().stripTrailing());
    }
    return out.toString();
  }
}
