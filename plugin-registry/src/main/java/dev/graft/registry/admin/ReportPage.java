package dev.graft.registry.admin;

import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.reload.Reloading;
import dev.graft.registry.report.LoadReport;
import java.util.List;
import java.util.Map;

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
        value(report),
        Html.heading(1, "Load report") + "<pre>" + Html.escaped(report.text()) + "</pre>\n");
  }

  /** A load report for programs. */
  static Map<String, Object> value(LoadReport report) {
    return Values.of(
        "host", report.host(),
        "loaded", report.loaded().stream().map(ReportPage::value).toList(),
        "refused", report.refused().stream().map(StatusValues::of).toList(),
        "warnings", report.warnings(),
        "milliseconds", report.took().toMillis());
  }

  private static Map<String, Object> value(LoadReport.Loaded loaded) {
    LoadedPlugin plugin = loaded.plugin();
    List<String> messages = plugin.messageNames().stream().sorted().toList();
    return Values.of(
        "class", plugin.className(),
        "id", plugin.origin().id(),
        "version", plugin.origin().version(),
        "location", plugin.origin().location(),
        "kind", plugin.kind().word(),
        "messages", messages,
        "portable", plugin.portable(),
        "milliseconds", loaded.took().toMillis());
  }
}
