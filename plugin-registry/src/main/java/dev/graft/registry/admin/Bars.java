package dev.graft.registry.admin;

import dev.graft.spi.StatusTable;
import java.util.List;

/** A table of two columns, a text and a count, with a bar beside each count. */
final class Bars {
  private Bars() {}

  static String of(StatusTable table, String caption) {
    long most = table.rows().stream().mapToLong(row -> (Long) row.get(1)).max().orElse(1);
    StringBuilder out =
        new StringBuilder("<div class=\"scrolled\" tabindex=\"0\"><table class=\"bars\"><caption>")
            .append(Html.escaped(caption))
            .append("</caption><thead><tr>");
    table
        .columns()
        .forEach(
            column ->
                out.append("<th scope=\"col\">")
                    .append(Html.escaped(Shown.heading(column)))
                    .append("</th>"));
    out.append("<td></td></tr></thead><tbody>\n");
    for (List<Object> row : table.rows()) {
      long count = (Long) row.get(1);
      out.append("<tr><th scope=\"row\">")
          .append(Html.escaped((String) row.get(0)))
          .append("</th><td class=\"number\">")
          .append(Shown.value(StatusTable.Type.COUNT, count))
          .append("</td><td aria-hidden=\"true\"><svg width=\"200\" height=\"12\"><rect width=\"")
          .append(count == 0 ? 0 : Math.max(1, 200 * count / Math.max(1, most)))
          .append("\" height=\"12\"></rect></svg></td></tr>\n");
    }
    return out.append("</tbody></table></div>\n").toString();
  }
}
