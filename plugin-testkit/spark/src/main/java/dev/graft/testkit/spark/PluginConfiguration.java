package dev.graft.testkit.spark;

import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.jar.AuthorClassPath;
import dev.graft.testkit.memory.TestedPlugins;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a server is told of the tested plugins. Tests with equal configurations share a server, so
 * plugins that their jar's services files name are not named one by one.
 *
 * @param places the jars or folders of classes that the plugins are in
 * @param lists class names by the kind of extension, in order; empty where services files name all
 *     plugins
 * @param settings the plugins' own settings, by name
 */
record PluginConfiguration(
    Set<Path> places, Map<ExtensionKind, List<String>> lists, Map<String, String> settings) {
  static PluginConfiguration of(TestedPlugins plugins) {
    Set<Path> places = new LinkedHashSet<>();
    boolean byServices = !plugins.haveOrder();
    for (Object plugin : plugins.plugins()) {
      Path place = AuthorClassPath.of(plugin.getClass());
      places.add(place);
      byServices &= ServiceFiles.name(place, plugin.getClass().getName());
    }
    return new PluginConfiguration(
        places, byServices ? Map.of() : plugins.classNames(), plugins.settings());
  }

  /** The entries of a host's configuration, for one whose keys have this prefix. */
  Map<String, String> entries(String prefix, Path pluginFolder) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(prefix + "graft.plugins.path", pluginFolder.toString());
    if (lists.isEmpty()) {
      entries.put(prefix + "graft.plugins.discovery", "services");
    } else {
      entries.put(prefix + "graft.plugins.required", "true");
    }
    lists.forEach(
        (kind, names) ->
            entries.put(
                prefix + "connect.extensions." + kind.word() + ".classes",
                String.join(",", names)));
    settings.forEach(
        (name, value) ->
            entries.put(prefix + "graft.plugin." + PackedPlugins.ID + "." + name, value));
    return entries;
  }
}
