package dev.graft.registry.report;

import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What became of the configuration when the server started.
 *
 * @param host the host as people call it
 * @param loaded the plugins that are ready, in configured order
 * @param refused what was not loaded
 * @param warnings what was probably not intended
 * @param took how long it took to find and load all of it
 */
public record LoadReport(
    String host, List<Loaded> loaded, List<Refusal> refused, List<String> warnings, Duration took) {
  private static final int WIDEST = 40;

  /**
   * A plugin that is ready.
   *
   * @param plugin the plugin
   * @param took how long its own code took: loading its classes, static initialisers, constructor,
   *     and telling its messages
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

  /** The sum of {@link Loaded#took()} over all loaded plugins. */
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
    int width = secondColumn();
    for (Loaded entry : loaded) {
      LoadedPlugin plugin = entry.plugin();
      lines.add(
          line(
              plugin.kind().word(),
              messages(plugin),
              width,
              plugin.describeWithLocation()
                  + (plugin.portable() ? ", portable, " : ", native, ")
                  + entry.took().toMillis()
                  + " ms"));
    }
    for (Refusal refusal : refused) {
      String text = refusal.text();
      lines.add(
          line(
              "refused",
              refusal.code().name(),
              width,
              text.contains(refusal.subject()) ? text : refusal.subject() + ": " + text));
    }
    for (String warning : warnings) {
      lines.add(String.format("  %-10s %s", "warning", warning));
    }
    return String.join("\n", lines);
  }

  /**
   * The width of the widest entry, leaving aside those that would push the third column off a
   * screen.
   */
  private int secondColumn() {
    return Stream.concat(
            loaded.stream().map(entry -> messages(entry.plugin())),
            refused.stream().map(refusal -> refusal.code().name()))
        .mapToInt(String::length)
        .filter(length -> length <= WIDEST)
        .max()
        .orElse(1);
  }

  private static String messages(LoadedPlugin plugin) {
    return String.join(", ", plugin.messageNames().stream().sorted().toList());
  }

  private static String line(String first, String second, int width, String third) {
    String start = String.format("  %-10s %-" + width + "s  ", first, second);
    return second.length() <= width
        ? start + third
        : start.stripTrailing() + "\n" + " ".repeat(width + 15) + third;
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
