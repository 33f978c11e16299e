package dev.graft.registry.admin;

import dev.graft.registry.reload.Changes;
import dev.graft.registry.reload.Reload;
import dev.graft.registry.reload.Reloading;
import dev.graft.registry.report.Values;
import java.util.Map;

/**
 * {@code POST /reload}: loads the plugins again. 200 where they serve then, 409 where they are
 * refused or others are being loaded.
 */
record ReloadPage(Reloading reloading) implements Page {
  private static final int CONFLICT = 409;

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public Answer answer(Request request) {
    Reload reload =
        request
            .threads()
            .unhurried(() -> reloading.now("An operator has asked for it from " + request.peer()));
    Map<String, Object> value = value(reload);
    value.put("text", reload.text());
    value.put("report", Values.report(reload.serving().report()));
    return new Answer(
        reload instanceof Reload.Swapped ? 200 : CONFLICT,
        reload.text() + "\n\n" + reload.serving().report().text(),
        value,
        "");
  }

  private static Map<String, Object> value(Reload reload) {
    if (reload instanceof Reload.Swapped swapped) {
      return Values.of(
          "result", "swapped",
          "changes", value(swapped.changes()),
          "milliseconds", swapped.took().toMillis());
    }
    if (reload instanceof Reload.Kept kept) {
      return Values.of("result", "kept", "code", kept.code(), "changed", kept.files());
    }
    return Values.of("result", "busy");
  }

  private static Map<String, Object> value(Changes changes) {
    return Values.of(
        "added", changes.added(),
        "replaced", changes.replaced(),
        "removed", changes.removed(),
        "refused", changes.refused().stream().map(Values::refusal).toList(),
        "asBefore", changes.asBefore());
  }
}
