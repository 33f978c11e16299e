package dev.graft.registry.admin;

import dev.graft.registry.report.Values;
import dev.graft.registry.session.SessionStatus;
import dev.graft.registry.status.ServerView;
import java.util.Comparator;
import java.util.List;

/**
 * {@code GET /sessions}: those with plugin jars of their own, a hundred at a time: {@code page=2}
 * has the next. With {@code user=NAME} those of one user.
 */
record SessionsPage(ServerView server) implements Page {
  private static final int ON_ONE = 100;

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Answer answer(Request request) {
    String user = request.value("user");
    List<SessionStatus> all =
        server.sessions().stream()
            .filter(session -> user.isEmpty() || session.key().user().equals(user))
            .sorted(
                Comparator.comparing((SessionStatus session) -> session.key().user())
                    .thenComparing(session -> session.key().session()))
            .toList();
    int pages = Math.max(1, (all.size() + ON_ONE - 1) / ON_ONE);
    int page = Math.min(pages, number(request.value("page")));
    List<SessionStatus> shown =
        all.subList((page - 1) * ON_ONE, Math.min(all.size(), page * ON_ONE));
    String head =
        StatusShown.count(all.size(), "session")
            + " with plugins of their own"
            + (user.isEmpty() ? "" : " of " + Html.name(user));
    String place = head + (pages == 1 ? "." : ", page " + page + " of " + pages + ".");
    var table = StatusShown.sessions(shown);
    return new Answer(
        200,
        place + (shown.isEmpty() ? "" : "\n\n" + Shown.text(table)),
        Values.of(
            "sessions",
            shown.stream().map(StatusValues::of).toList(),
            "all",
            all.size(),
            "page",
            page,
            "pages",
            pages),
        Html.heading(1, "Sessions")
            + Html.paragraph(place)
            + (shown.isEmpty()
                ? ""
                : Html.table(
                    table,
                    head,
                    (column, row) ->
                        column.equals("user") && user.isEmpty()
                            ? "/sessions?user=" + Html.encoded((String) row.get(0))
                            : null))
            + links(page, pages, user));
  }

  /** From 1; what is no such number is 1. */
  private static int number(String text) {
    return text.matches("[1-9]\\d{0,6}") ? Integer.parseInt(text) : 1;
  }

  private static String links(int page, int pages, String user) {
    String address = "/sessions?user=" + Html.encoded(user) + "&amp;page=";
    StringBuilder links = new StringBuilder();
    if (page > 1) {
      links.append("<a href=\"%s%d\" rel=\"prev\">Before</a> ".formatted(address, page - 1));
    }
    if (page < pages) {
      links.append("<a href=\"%s%d\" rel=\"next\">Next</a>".formatted(address, page + 1));
    }
    return links.isEmpty() ? "" : "<nav aria-label=\"Sessions\">" + links + "</nav>\n";
  }
}
