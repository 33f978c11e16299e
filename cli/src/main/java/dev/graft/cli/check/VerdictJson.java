package dev.graft.cli.check;

import dev.graft.registry.linkage.Mismatch;
import dev.graft.registry.loading.Objection;
import dev.graft.registry.report.Json;
import dev.graft.registry.report.Values;
import java.util.List;
import java.util.Map;

/** A verdict for programs. */
public final class VerdictJson {
  private VerdictJson() {}

  /** One line of JSON. */
  public static String of(Verdict verdict) {
    return Json.of(
        Values.of(
            "fits", !verdict.isBad(),
            "hosts", verdict.hosts(),
            "jars", verdict.jars().stream().map(VerdictJson::jar).toList(),
            "notChecked", verdict.notChecked()));
  }

  private static Map<String, Object> jar(Verdict.OfJar jar) {
    Map<String, Object> value = Values.of("jar", jar.path());
    jar.unreadable()
        .ifPresent(
            failure -> {
              value.put("code", failure.code());
              value.put("text", failure.text());
            });
    if (jar.isWithoutPlugins()) {
      value.put("text", VerdictText.without());
    }
    value.put("unnamed", jar.unnamed());
    value.put("hosts", jar.hosts().stream().map(VerdictJson::host).toList());
    return value;
  }

  private static Map<String, Object> host(Verdict.OfHost host) {
    return Values.of(
        "host", host.name(),
        "title", host.title(),
        "plugins", host.plugins().stream().map(VerdictJson::plugin).toList());
  }

  private static Map<String, Object> plugin(Verdict.OfPlugin plugin) {
    Map<String, Object> value =
        Values.of(
            "class", plugin.className(),
            "interface", plugin.isOwn() ? "spark" : "graft",
            "fits", plugin.objection().isEmpty());
    plugin.objection().ifPresent(objection -> value.putAll(objection(objection)));
    return value;
  }

  private static Map<String, Object> objection(Objection objection) {
    return Values.of(
        "code", objection.code(),
        "text", objection.text(),
        "notForThisHost", objection.isForAnother(),
        "missing", missing(objection.mismatches()));
  }

  private static List<Map<String, Object>> missing(List<Mismatch> mismatches) {
    return mismatches.stream()
        .map(
            mismatch ->
                Values.of(
                    "reason", mismatch.reason(),
                    "symbol", mismatch.symbol(),
                    "usedIn", mismatch.className(),
                    "line", mismatch.line(),
                    "text", mismatch.text()))
        .toList();
  }
}
