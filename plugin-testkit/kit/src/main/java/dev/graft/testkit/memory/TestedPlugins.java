package dev.graft.testkit.memory;

import dev.graft.registry.Dispatcher;
import dev.graft.registry.PluginIndex;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.CallWatch;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginConstruction;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.invoke.Seam;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.PluginAdapter;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Plugins as a registry has them, but in the test's own class loader: nothing is isolated, and
 * references are not checked. Safe for use by several threads.
 */
public final class TestedPlugins {
  private static final PluginOrigin ORIGIN =
      new PluginOrigin("tested", "", "the test's class path");

  /** The adapters of the typed interfaces that are on the test's class path. */
  private static final List<PluginAdapter> ADAPTERS =
      ServiceLoader.load(PluginAdapter.class, TestedPlugins.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private final List<Object> plugins;
  private final Map<String, String> settings;
  private final PluginIndex index;
  private final Dispatcher dispatcher;

  private TestedPlugins(List<Object> plugins, Map<String, String> settings) {
    this.plugins = List.copyOf(plugins);
    this.settings = Map.copyOf(settings);
    this.index = new PluginIndex(plugins.stream().map(plugin -> loaded(plugin, settings)).toList());
    this.dispatcher = new Dispatcher(index, List.of());
  }

  /**
   * Plugins from instances.
   *
   * @param plugins in the order in which they are asked
   * @param settings what each of them sees as its own settings
   * @throws IllegalArgumentException if one implements none of the plugin interfaces
   */
  public static TestedPlugins of(List<?> plugins, Map<String, String> settings) {
    return new TestedPlugins(List.copyOf(plugins), settings);
  }

  /**
   * Makes plugins from their classes, as a host does.
   *
   * @param types in the order in which they are asked
   * @param settings what each of them sees as its own settings
   * @throws IllegalArgumentException if no host could load one
   */
  public static TestedPlugins ofClasses(List<Class<?>> types, Map<String, String> settings) {
    return of(types.stream().map(TestedPlugins::make).toList(), settings);
  }

  private static Object make(Class<?> type) {
    try {
      return PluginConstruction.instantiate(type, seam(type));
    } catch (GraftException e) {
      throw new IllegalArgumentException(e.text(), e);
    }
  }

  private static LoadedPlugin loaded(Object plugin, Map<String, String> settings) {
    try {
      return LoadedPlugin.of(plugin, () -> ADAPTERS, seam(plugin.getClass()), settings);
    } catch (GraftException e) {
      throw new IllegalArgumentException(e.text(), e);
    }
  }

  private static Seam seam(Class<?> type) {
    return new Seam(new PluginIdentity(type.getName(), ORIGIN), null, CallWatch.NONE);
  }

  /** The plugins as their authors made them, in the order in which they are asked. */
  public List<Object> plugins() {
    return plugins;
  }

  /** The plugins' class names by the kind of extension that they answer, in order. */
  public Map<ExtensionKind, List<String>> classNames() {
    return index.plugins().stream()
        .collect(
            Collectors.groupingBy(
                LoadedPlugin::kind,
                TreeMap::new,
                Collectors.mapping(LoadedPlugin::className, Collectors.toList())));
  }

  /** Whether the order of the plugins matters: two are for one message, or one is for every. */
  public boolean haveOrder() {
    List<String> names =
        index.plugins().stream().flatMap(plugin -> plugin.messageNames().stream()).toList();
    return names.contains(ExtensionPlugin.ANY_MESSAGE) || names.size() > Set.copyOf(names).size();
  }

  /** What each of the plugins sees as its own settings. */
  public Map<String, String> settings() {
    return settings;
  }

  /** The plugins as a registry has them. */
  public PluginIndex index() {
    return index;
  }

  /** Asks the plugins. */
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  /**
   * The kind of the plugin that a message is for.
   *
   * @throws IllegalArgumentException if none of these plugins is for it, or plugins of two kinds
   */
  public ExtensionKind kindOf(String messageName) {
    List<ExtensionKind> kinds =
        index.plugins().stream()
            .filter(plugin -> plugin.messageNames().contains(messageName))
            .map(LoadedPlugin::kind)
            .distinct()
            .toList();
    if (kinds.size() == 1) {
      return kinds.get(0);
    }
    throw new IllegalArgumentException(
        kinds.isEmpty()
            ? "None of the tested plugins is for "
                + messageName
                + "; they are for "
                + index.plugins().stream()
                    .flatMap(plugin -> plugin.messageNames().stream())
                    .sorted()
                    .collect(Collectors.joining(", "))
                + "."
            : messageName + " is for plugins of several kinds: " + kinds + ". Pack it yourself.");
  }
}
