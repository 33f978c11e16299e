package dev.graft.cli.start;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServerBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The start of a Spark server with Graft in it, without the server. */
public final class SparkStart {
  private SparkStart() {}

  /**
   * Has a JVM with this Spark's class path load the plugins, as the server would.
   *
   * @param graftJar the jar that goes into Spark
   * @throws dev.graft.servers.LaunchException if that JVM gives no result
   */
  public static Outlook of(SparkRuntime runtime, Path graftJar, Map<String, String> settings) {
    List<String> warnings = KeySlips.of(settings.keySet(), "spark.");
    String host = runtime.toString();
    JsonObject result =
        JsonParser.parseString(
                new SparkServerBuilder(runtime, graftJar)
                    .settings(settings)
                    .directory(Path.of("").toAbsolutePath())
                    .rehearse())
            .getAsJsonObject();
    if (!result.has("report")) {
      return Outlook.impossible(host, result.get("message").getAsString(), warnings);
    }
    JsonObject report = result.getAsJsonObject("report");
    List<String> obstacles = new ArrayList<>();
    int refused = 0;
    for (JsonElement each : report.getAsJsonArray("refused")) {
      JsonObject refusal = each.getAsJsonObject();
      if (refusal.get("required").getAsBoolean()) {
        obstacles.add(
            "[" + refusal.get("code").getAsString() + "] " + refusal.get("text").getAsString());
      } else {
        refused++;
      }
    }
    return new Outlook(
        host, "spark.", obstacles, result.get("text").getAsString(), report, refused, warnings);
  }
}
