package dev.graft.registry.admin;

import dev.graft.registry.StatusTables;
import dev.graft.registry.error.Failure;
import dev.graft.registry.status.ServerStatus;
import dev.graft.registry.status.ServerView;
import dev.graft.spi.StatusTable;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /}: the whole status; for a browser its head, what is wrong, and what to do. */
record OverviewPage(ServerView server, ReloadForm reload) implements Page {
  /** A look at the last failures; their own page has all. */
  private static final int FAILURES = 5;

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Answer answer(Request request) {
    ServerStatus status = server.now();
    return new Answer(200, text(status), StatusValues.of(status), html(status));
  }

  private static List<Failure> recent(ServerStatus status) {
    return status.failures().subList(0, Math.min(FAILURES, status.failures().size()));
  }

  private static String text(ServerStatus status) {
    List<String> parts = new ArrayList<>();
    parts.add(String.join("\n", StatusShown.head(status)));
    parts.add(Shown.text(StatusShown.plugins(status.plugins())));
    if (!status.refused().isEmpty()) {
      parts.add("Refused\n" + Shown.text(StatusTables.refused(status.refused())));
    }
    if (!status.warnings().isEmpty()) {
      parts.add("Warnings\n" + String.join("\n", status.warnings()));
    }
    if (!status.changed().isEmpty()) {
      parts.add("Changed since they were loaded\n" + lines(status));
    }
    status.traffic().ifPresent(traffic -> parts.add(Shown.text(StatusShown.methods(traffic))));
    if (!status.failures().isEmpty()) {
      parts.add("Last failures\n" + Shown.text(StatusTables.failures(recent(status))));
    }
    return String.join("\n\n", parts);
  }

  private static String lines(ServerStatus status) {
    return String.join("\n", status.changed().stream().map(String::valueOf).toList());
  }

  private String html(ServerStatus status) {
    StringBuilder page = new StringBuilder();
    page.append(Html.heading(1, "Graft in " + status.host()));
    StatusShown.head(status).forEach(line -> page.append(Html.paragraph(line + ".")));
    if (!status.refused().isEmpty()) {
      page.append(Html.heading(2, "Refused"));
      page.append(table(StatusTables.refused(status.refused()), "What was not loaded, and why"));
    }
    if (!status.warnings().isEmpty()) {
      page.append(Html.heading(2, "Warnings")).append(Html.list(status.warnings()));
    }
    if (!status.changed().isEmpty()) {
      page.append(Html.heading(2, "Changed since they were loaded"))
          .append(Html.list(status.changed().stream().map(String::valueOf).toList()));
    }
    page.append(Html.heading(2, "Reload")).append(reload.html());
    status
        .traffic()
        .ifPresent(
            traffic ->
                page.append(Html.heading(2, "Calls"))
                    .append(table(StatusShown.methods(traffic), "Calls through the gateway")));
    page.append(Html.heading(2, "Last failures"));
    page.append(
        status.failures().isEmpty()
            ? Html.paragraph("None since the start.")
            : table(StatusTables.failures(recent(status)), "The last requests that were refused"));
    return page.toString();
  }

  private static String table(StatusTable table, String caption) {
    return Html.table(table, caption, (column, row) -> null);
  }
}
