package dev.graft.registry.admin;

import dev.graft.registry.error.ClientText;
import dev.graft.spi.StatusTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pages for browsers: no script, and a style sheet of their own. */
final class Html {
  /** The pages that each page leads to, by what they are called. */
  private static final List<Map.Entry<String, String>> PAGES =
      List.of(
          Map.entry("/", "Overview"),
          Map.entry("/plugins", "Plugins"),
          Map.entry("/failures", "Failures"),
          Map.entry("/sessions", "Sessions"),
          Map.entry("/report", "Load report"));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Html() {}

  /** A text as it is to be read. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A whole page. */
  static String page(String path, String body) {
    StringBuilder links = new StringBuilder();
    String title = "Graft";
    for (Map.Entry<String, String> page : PAGES) {
      boolean here = page.getKey().equals(path);
      if (here) {
        title = page.getValue() + " · Graft";
      }
      links.append(
          "<li><a href=\"%s\"%s>%s</a></li>"
              .formatted(page.getKey(), here ? " aria-current=\"page\"" : "", page.getValue()));
    }
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>TITLE</title>
        <link rel="stylesheet" href="/style.css">
        <link rel="icon" href="data:,">
        </head>
        <body>
        <a class="skip" href="#content">To the content</a>
        <header><nav aria-label="Pages"><ul>LINKS</ul></nav></header>
        <main id="content">
        BODY
        </main>
        </body>
        </html>
        """
        .replace("TITLE", title)
        .replace("LINKS", links)
        .replace("BODY", body);
  }

  /** A heading. */
  static String heading(int level, String text) {
    return "<h%d>%s</h%d>\n".formatted(level, escaped(text), level);
  }

  /** A paragraph. */
  static String paragraph(String text) {
    return "<p>" + escaped(text) + "</p>\n";
  }

  /** A text of several lines as it is, which may be scrolled by the keyboard too. */
  static String lines(String text) {
    return "<pre tabindex=\"0\">" + escaped(text) + "</pre>\n";
  }

  /** A list of texts. */
  static String list(List<String> texts) {
    StringBuilder items = new StringBuilder("<ul>\n");
    texts.forEach(text -> items.append("<li>").append(escaped(text)).append("</li>\n"));
    return items.append("</ul>\n").toString();
  }

  /** What a value of a column leads to; null where it leads nowhere. */
  interface Links {
    @org.jspecify.annotations.Nullable
    String of(String column, List<Object> row);
  }

  /** A table, which may be scrolled sideways where the screen is narrow. */
  static String table(StatusTable table, String caption, Links links) {
    StringBuilder out = new StringBuilder();
    out.append("<div class=\"scrolled\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(escaped(caption))
        .append("\"><table><caption>")
        .append(escaped(caption))
        .append("</caption><thead><tr>");
    for (StatusTable.Column column : table.columns()) {
      out.append("<th scope=\"col\"")
          .append(isNumber(column.type()) ? " class=\"number\">" : ">")
          .append(escaped(Shown.heading(column)))
          .append("</th>");
    }
    out.append("</tr></thead><tbody>\n");
    for (List<Object> row : table.rows()) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        cell(out, table.columns().get(i), row, row.get(i), links);
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>\n").toString();
  }

  private static void cell(
      StringBuilder out, StatusTable.Column column, List<Object> row, Object value, Links links) {
    String text = escaped(Shown.value(column.type(), value));
    String link = links.of(column.name(), row);
    out.append(isNumber(column.type()) ? "<td class=\"number\">" : "<td>");
    if (link == null) {
      out.append(text);
    } else {
      out.append("<a href=\"").append(escaped(link)).append("\">").append(text).append("</a>");
    }
    out.append("</td>");
  }

  static boolean isNumber(StatusTable.Type type) {
    return switch (type) {
      case TEXT, TIME -> false;
      case COUNT, BYTES, MILLISECONDS -> true;
    };
  }

  /** A time as people read it. */
  static String time(Instant time) {
    return TIME.format(time);
  }

  /** A part of an address. */
  static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  /** A name that came from a client, made fit to be shown. */
  static String name(String text) {
    return text.isEmpty() ? "–" : ClientText.quote(text);
  }
}
