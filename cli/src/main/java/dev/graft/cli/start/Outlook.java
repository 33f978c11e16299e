package dev.graft.cli.start;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.report.Json;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.report.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * What the start of a server would say.
 *
 * @param host the server as people call it
 * @param prefix what its keys begin with
 * @param obstacles what would keep it from starting, each as a sentence or more
 * @param report the load report for people; empty where the settings did not get that far
 * @param value the load report for programs
 * @param refused how many plugins it would start without
 * @param warnings what was probably not intended
 */
public record Outlook(
    String host,
    String prefix,
    List<String> obstacles,
    String report,
    JsonObject value,
    int refused,
    List<String> warnings) {
  public Outlook {
    obstacles = List.copyOf(obstacles);
    value = value.deepCopy();
    warnings = List.copyOf(warnings);
  }

  /** A copy: what is done to it does not reach this. */
  @Override
  public JsonObject value() {
    return value.deepCopy();
  }

  /** Of a server whose settings cannot be used. */
  public static Outlook impossible(String host, String why, List<String> warnings) {
    return new Outlook(host, "", List.of(why), "", new JsonObject(), 0, warnings);
  }

  /**
   * Of a gateway whose plugins were loaded.
   *
   * @param obstacles what else would keep it from starting
   */
  static Outlook of(
      String host, LoadReport report, List<GraftException> obstacles, List<String> warnings) {
    List<String> all = new ArrayList<>();
    obstacles.forEach(obstacle -> all.add(obstacle.getMessage()));
    List<Refusal> fatal = report.refused().stream().filter(Refusal::required).toList();
    fatal.forEach(refusal -> all.add("[" + refusal.code() + "] " + refusal.text()));
    JsonObject value = JsonParser.parseString(Json.of(Values.report(report))).getAsJsonObject();
    return new Outlook(
        host, "", all, report.text(), value, report.refused().size() - fatal.size(), warnings);
  }

  /** Whether the server would start. */
  public boolean starts() {
    return obstacles.isEmpty();
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(report.lines().toList());
    warnings.forEach(warning -> lines.add("  warning    " + warning));
    if (!lines.isEmpty()) {
      lines.add("");
    }
    if (!starts()) {
      lines.add(host + " would not start:");
      obstacles.forEach(obstacle -> lines.add("  " + obstacle));
    } else if (refused > 0) {
      lines.add(
          host
              + " would start, without "
              + (refused == 1 ? "one plugin that is" : refused + " that are")
              + " refused. "
              + prefix
              + "graft.plugins.required=true makes that an error.");
    } else {
      lines.add(host + " would start.");
    }
    return lines;
  }

  /** For programs: one line of JSON. */
  public String json() {
    JsonObject json = new JsonObject();
    json.addProperty("host", host);
    json.addProperty("starts", starts());
    json.add("obstacles", array(obstacles));
    json.add("warnings", array(warnings));
    json.add("report", report.isEmpty() ? null : (JsonElement) value);
    return json.toString();
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
