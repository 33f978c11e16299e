package dev.graft.registry.admin;

import dev.graft.registry.StatusTables;
import dev.graft.registry.error.Failure;
import dev.graft.registry.status.ServerView;
import dev.graft.spi.StatusTable;
import java.util.List;

/**
 * {@code GET /failures}: the last requests that were refused; with {@code code=CODE} those of one
 * code.
 */
record FailuresPage(ServerView server) implements Page {
  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Answer answer(Request request) {
    String code = request.value("code");
    List<Failure> failures =
        server.failures().stream()
            .filter(failure -> code.isEmpty() || failure.code().name().equals(code))
            .toList();
    StatusTable table = StatusTables.failures(failures);
    String none =
        "No request was refused" + (code.isEmpty() ? "." : " by " + Html.name(code) + ".");
    return new Answer(
        200,
        failures.isEmpty() ? none : Shown.text(table),
        failures.stream().map(StatusValues::of).toList(),
        Html.heading(1, "Failures")
            + (failures.isEmpty()
                ? Html.paragraph(none)
                : Html.table(
                    table,
                    "The last requests that were refused, the last first",
                    (column, row) ->
                        column.equals("code") ? "/failures?code=" + row.get(1) : null)));
  }
}
