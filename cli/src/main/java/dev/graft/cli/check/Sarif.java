package dev.graft.cli.check;

import dev.graft.cli.environment.Distribution;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.linkage.Mismatch;
import dev.graft.registry.loading.Objection;
import dev.graft.registry.report.Json;
import dev.graft.registry.report.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A verdict in SARIF 2.1.0, the form in which code hosts take findings of programs. Each thing that
 * is missing is a result of its own; its place is the jar, and the class in it.
 */
public final class Sarif {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private final List<Map<String, Object>> results = new ArrayList<>();
  private final TreeSet<ErrorCode> codes = new TreeSet<>();

  private Sarif() {}

  /** One line of JSON. */
  public static String of(Verdict verdict) {
    Sarif sarif = new Sarif();
    verdict.jars().forEach(sarif::jar);
    return Json.of(
        Values.of(
            "$schema",
            SCHEMA,
            "version",
            "2.1.0",
            "runs",
            List.of(
                Values.of("tool", Values.of("driver", sarif.driver()), "results", sarif.results))));
  }

  private Map<String, Object> driver() {
    return Values.of(
        "name", "graft plugins check",
        "version", Distribution.version(),
        "rules", codes.stream().map(Sarif::rule).toList());
  }

  private static Map<String, Object> rule(ErrorCode code) {
    return Values.of(
        "id", code,
        "shortDescription", text(code.meaning()),
        "fullDescription", text(code.cause()),
        "help", text(code.remedy()));
  }

  private void jar(Verdict.OfJar jar) {
    jar.unreadable()
        .ifPresent(
            failure -> {
              codes.add(failure.code());
              results.add(
                  Values.of(
                      "ruleId", failure.code(),
                      "level", "error",
                      "message", text(failure.text()),
                      "locations", List.of(location(jar.path(), List.of()))));
            });
    if (jar.isWithoutPlugins()) {
      codes.add(ErrorCode.GRAFT_NOT_A_PLUGIN);
      results.add(
          Values.of(
              "ruleId",
              ErrorCode.GRAFT_NOT_A_PLUGIN,
              "level",
              "error",
              "message",
              text(VerdictText.without()),
              "locations",
              List.of(location(jar.path(), List.of()))));
    }
    for (Verdict.OfHost host : jar.hosts()) {
      for (Verdict.OfPlugin plugin : host.plugins()) {
        plugin
            .objection()
            .ifPresent(objection -> objection(jar.path(), host, plugin.className(), objection));
      }
    }
  }

  private void objection(Path jar, Verdict.OfHost host, String className, Objection objection) {
    codes.add(objection.code());
    String level = objection.isForAnother() ? "note" : "error";
    if (objection.mismatches().isEmpty() || objection.isForAnother()) {
      results.add(
          Values.of(
              "ruleId", objection.code(),
              "level", level,
              "message", text(host.title() + ": " + objection.text()),
              "locations", List.of(location(jar, List.of(className))),
              "properties", properties(host, className)));
      return;
    }
    for (Mismatch mismatch : objection.mismatches()) {
      results.add(
          Values.of(
              "ruleId", objection.code(),
              "level", level,
              "message", text(host.title() + ": " + mismatch.text() + ". " + objection.advice()),
              "locations", List.of(location(jar, List.of(mismatch.className()))),
              "properties", properties(host, className)));
    }
  }

  private static Map<String, Object> properties(Verdict.OfHost host, String className) {
    return Values.of("host", host.name(), "plugin", className);
  }

  private static Map<String, Object> location(Path jar, List<String> classes) {
    String uri =
        jar.isAbsolute()
            ? jar.toUri().toString()
            : Path.of("").toUri().relativize(jar.toUri()).toString();
    Map<String, Object> location =
        Values.of("physicalLocation", Values.of("artifactLocation", Values.of("uri", uri)));
    if (!classes.isEmpty()) {
      location.put(
          "logicalLocations",
          classes.stream()
              .map(name -> Values.of("fullyQualifiedName", name, "kind", "type"))
              .toList());
    }
    return location;
  }

  private static Map<String, Object> text(String text) {
    return Values.of("text", text);
  }
}
