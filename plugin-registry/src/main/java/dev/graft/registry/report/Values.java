package dev.graft.registry.report;

import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maps in the order in which they are written, for {@link Json}. */
public final class Values {
  private Values() {}

  /** Names and values, in turns. */
  public static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }

  /** A load report for programs. */
  public static Map<String, Object> report(LoadReport report) {
    return of(
        "host", report.host(),
        "loaded", report.loaded().stream().map(Values::loaded).toList(),
        "refused", report.refused().stream().map(Values::refusal).toList(),
        "warnings", report.warnings(),
        "milliseconds", report.took().toMillis());
  }

  private static Map<String, Object> loaded(LoadReport.Loaded loaded) {
    LoadedPlugin plugin = loaded.plugin();
    List<String> messages = plugin.messageNames().stream().sorted().toList();
    return of(
        "class", plugin.className(),
        "id", plugin.origin().id(),
        "version", plugin.origin().version(),
        "location", plugin.origin().location(),
        "kind", plugin.kind().word(),
        "messages", messages,
        "portable", plugin.portable(),
        "milliseconds", loaded.took().toMillis());
  }

  /** A refusal for programs. */
  public static Map<String, Object> refusal(Refusal refusal) {
    return of(
        "subject", refusal.subject(),
        "code", refusal.code(),
        "text", refusal.text(),
        "required", refusal.required());
  }
}
