package dev.graft.registry.plugin;

import dev.graft.registry.invoke.ContextLoader;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that is ready to answer.
 *
 * @param plugin the plugin in the terms of the waist
 * @param className the class that was named in a list or services file
 * @param origin where the class comes from
 * @param kind the kind of extension it answers
 * @param messageNames the full names of the messages it is for
 * @param portable whether it answers with standard Connect nodes only
 * @param settings the plugin's own settings
 * @param counters what it has been asked and how that went
 * @param contextLoader the thread's context class loader while the plugin is called, or null where
 *     the thread's own is to stay
 */
public record LoadedPlugin(
    ExtensionPlugin plugin,
    String className,
    PluginOrigin origin,
    ExtensionKind kind,
    Set<String> messageNames,
    boolean portable,
    Map<String, String> settings,
    PluginCounters counters,
    @Nullable ClassLoader contextLoader) {
  /** A plugin that leaves the thread's context class loader as it is. */
  public LoadedPlugin(
      ExtensionPlugin plugin,
      String className,
      PluginOrigin origin,
      ExtensionKind kind,
      Set<String> messageNames,
      boolean portable,
      Map<String, String> settings,
      PluginCounters counters) {
    this(plugin, className, origin, kind, messageNames, portable, settings, counters, null);
  }

  public LoadedPlugin {
    Objects.requireNonNull(plugin, "plugin");
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(kind, "kind");
    messageNames = Set.copyOf(messageNames);
    settings = Map.copyOf(settings);
    Objects.requireNonNull(counters, "counters");
  }

  /** Makes the thread ready to call the plugin, until what is returned is closed. */
  public ContextLoader enter() {
    return portable
        ? ContextLoader.of(contextLoader)
        : ContextLoader.besideTheEngine(contextLoader);
  }

  /**
   * The plugin and its jar, for messages that clients see: {@code acme.TopKPlugin (acme-frames 1.2,
   * acme.jar)}.
   */
  public String describe() {
    return described(origin.fileName());
  }

  /** The same for operators, with the jar's path. */
  public String describeWithLocation() {
    return described(origin.location());
  }

  private String described(String jar) {
    String idAndVersion = (origin.id() + " " + origin.version()).strip();
    return className + " (" + (idAndVersion.isEmpty() ? "" : idAndVersion + ", ") + jar + ")";
  }
}
