package dev.graft.registry.report;

import dev.graft.registry.LoadedPlugin;
import dev.graft.registry.error.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What became of the configuration when the server started.
 *
 * @param host the host as people call it
 * @param loaded the plugins that are ready, in configured order
 * @param refused what was not loaded
 * @param warnings what was not understood
 * @param took how long it took to find and load all of it
 */
public record LoadReport(
    String host, List<Loaded> loaded, List<Refusal> refused, List<String> warnings, Duration took) {
  /**
   * A plugin that is ready.
   *
   * @param plugin the plugin
   * @param took how long its own classes, static initialisers, constructor and message took
   */
  public record Loaded(LoadedPlugin plugin, Duration took) {
    public Loaded {
      Objects.requireNonNull(plugin, "plugin");
      Objects.requireNonNull(took, "took");
    }
  }

  public LoadReport {
    Objects.requireNonNull(host, "host");
    loaded = List.copyOf(loaded);
    refused = List.copyOf(refused);
    warnings = List.copyOf(warnings);
    Objects.requireNonNull(took, "took");
  }

  /**
   * How long the plugins' own classes, static initialisers, constructors and messages took
   * together.
   */
  public Duration tookByPlugins() {
    return loaded.stream().map(Loaded::took).reduce(Duration.ZERO, Duration::plus);
  }

  /** The report as text of several lines, without a line break at its end. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Graft in "
            + host
            + ": "
            + count(loaded.size(), "plugin")
            + " loaded, "
            + refused.size()
            + " refused");
    for (Loaded entry : loaded) {
      LoadedPlugin plugin = entry.plugin();
      lines.add(
          String.format(
              "  %-10s %-28s %s, %s, %d ms",
              plugin.kind().word(),
              String.join(", ", plugin.messageNames().stream().sorted().toList()),
              plugin.describeWithLocation(),
              plugin.portable() ? "portable" : "native",
              entry.took().toMillis()));
    }
    for (Refusal refusal : refused) {
      lines.add(
          "  refused    " + refusal.subject() + " [" + refusal.code() + "] " + refusal.text());
    }
    for (String warning : warnings) {
      lines.add("  warning    " + warning);
    }
    return String.join("\n", lines);
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
