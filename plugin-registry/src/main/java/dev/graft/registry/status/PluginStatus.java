package dev.graft.registry.status;

import dev.graft.registry.invoke.CallCounts;
import dev.graft.registry.invoke.LoadedPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A plugin that serves.
 *
 * @param plugin the plugin
 * @param digest the SHA-256 of its jar, in hexadecimal digits; empty where it is no jar, or the jar
 *     has changed since it was loaded
 * @param took how long its own code took to load
 * @param messages what it is for, by name
 */
public record PluginStatus(
    LoadedPlugin plugin, String digest, Duration took, List<Message> messages) {
  /**
   * One of a plugin's messages.
   *
   * @param name its full name
   * @param counts what came of the calls, since the plugin was loaded first
   * @param failures how many failed, by code
   */
  public record Message(String name, CallCounts counts, SortedMap<String, Long> failures) {
    public Message {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(counts, "counts");
      Objects.requireNonNull(failures, "failures");
    }
  }

  public PluginStatus {
    Objects.requireNonNull(plugin, "plugin");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(took, "took");
    messages = List.copyOf(messages);
  }

  /** A plugin at this moment. */
  static PluginStatus of(LoadedPlugin plugin, String digest, Duration took) {
    return new PluginStatus(
        plugin,
        digest,
        took,
        plugin.messageNames().stream()
            .sorted()
            .map(
                name ->
                    new Message(
                        name, plugin.counters().counts(name), plugin.counters().failures(name)))
            .toList());
  }
}
