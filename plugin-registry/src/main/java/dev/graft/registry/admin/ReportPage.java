package dev.graft.registry.admin;

import dev.graft.registry.reload.Reloading;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.report.Values;

/** {@code GET /report}: what serves. */
record ReportPage(Reloading reloading) implements Page {
  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Answer answer(Request request) {
    LoadReport report = reloading.serving().report();
    return new Answer(
        200,
        report.text(),
        Values.report(report),
        Html.heading(1, "Load report") + Html.lines(report.text()));
  }
}
