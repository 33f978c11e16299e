package dev.graft.registry.source;

import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.loading.PluginBundle;
import dev.graft.registry.loading.PluginFolders;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is not an error but probably not intended: folders without plugins, jars that nobody
 * names, plugins that are never asked.
 */
final class Oversights {
  private static final int MOST_NAMES = 5;

  private final RegistryConfiguration configuration;
  private final PluginFolders folders;
  private final ClassHolders holders;

  Oversights(RegistryConfiguration configuration, PluginFolders folders, ClassHolders holders) {
    this.configuration = configuration;
    this.folders = folders;
    this.holders = holders;
  }

  /**
   * Each as a sentence or more.
   *
   * @param loaded the plugins, in the order in which they are asked
   * @param named the classes that a list or services file names
   */
  List<String> warnings(List<LoadedPlugin> loaded, Set<String> named) {
    List<String> warnings = new ArrayList<>();
    for (Path folder : folders.empty()) {
      warnings.add(
          "The folder "
              + folder
              + " in "
              + configuration.key(RegistryConfiguration.PATH)
              + " has no jar in it.");
    }
    Set<PluginBundle> used = new HashSet<>();
    named.forEach(className -> used.addAll(holders.of(className)));
    for (PluginBundle bundle : folders.bundles()) {
      if (!used.contains(bundle)) {
        unnamed(bundle).ifPresent(warnings::add);
      }
    }
    for (ExtensionKind kind : ExtensionKind.values()) {
      hidden(kind, loaded, warnings);
    }
    return warnings;
  }

  private Optional<String> unnamed(PluginBundle bundle) {
    String jar = bundle.origin().location();
    String discovery = configuration.key(RegistryConfiguration.DISCOVERY);
    List<String> offered = offered(bundle);
    if (!offered.isEmpty()) {
      return configuration.discovery() == RegistryConfiguration.Discovery.CLASSES
          ? Optional.of(
              "The services files of "
                  + jar
                  + " name "
                  + some(offered)
                  + ", and no list does, so nothing is loaded from it. Set "
                  + discovery
                  + "=both to read services files, or name what you want in a list such as "
                  + configuration.key(RegistryConfiguration.classListKey(ExtensionKind.RELATION))
                  + ".")
          : Optional.empty(); // each class in them has been loaded or refused
    }
    List<String> likely = likely(bundle);
    boolean servicesAlone = configuration.discovery() == RegistryConfiguration.Discovery.SERVICES;
    return Optional.of(
        jar
            + " has no services file for plugins, and "
            + (servicesAlone
                ? "lists are not read while " + discovery + " is 'services'"
                : "no list names a class of it")
            + ", so nothing is loaded from it. "
            + (likely.isEmpty()
                ? "If it is a library, put it and the plugin's jar that needs it into one folder inside the plugin folder."
                : "If you want its plugin, name it "
                    + (servicesAlone
                        ? "in a services file of the jar, or set "
                            + discovery
                            + "=both and name it in a list"
                        : "in a list")
                    + ": it has "
                    + some(likely)
                    + "."));
  }

  private static List<String> offered(PluginBundle bundle) {
    try {
      return ServicesFiles.plugins(bundle);
    } catch (GraftException e) {
      return List.of(); // reading services files to load plugins reports this
    }
  }

  private static List<String> likely(PluginBundle bundle) {
    List<String> names = new ArrayList<>();
    for (Library library : bundle.libraries()) {
      for (String path : library.paths()) {
        if (path.endsWith("Plugin.class") && !path.startsWith("META-INF/")) {
          names.add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
    return names;
  }

  /**
   * Warns of plugins behind one that takes every message: they are asked only about what it
   * declines.
   */
  private void hidden(ExtensionKind kind, List<LoadedPlugin> loaded, List<String> warnings) {
    List<LoadedPlugin> ofKind = loaded.stream().filter(plugin -> plugin.kind() == kind).toList();
    for (int place = 0; place < ofKind.size() - 1; place++) {
      LoadedPlugin plugin = ofKind.get(place);
      if (plugin.messageNames().contains(ExtensionPlugin.ANY_MESSAGE)) {
        List<String> behind =
            ofKind.subList(place + 1, ofKind.size()).stream()
                .filter(other -> !other.messageNames().contains(ExtensionPlugin.ANY_MESSAGE))
                .map(LoadedPlugin::className)
                .toList();
        if (!behind.isEmpty()) {
          warnings.add(
              plugin.className()
                  + " is asked about every "
                  + kind.word()
                  + " extension, and what it accepts never reaches those behind it: "
                  + some(behind)
                  + ". Put it last in "
                  + configuration.key(RegistryConfiguration.classListKey(kind))
                  + ", unless that is meant.");
        }
      }
    }
  }

  private static String some(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES))
            + " and "
            + (names.size() - MOST_NAMES)
            + " more";
  }
}
