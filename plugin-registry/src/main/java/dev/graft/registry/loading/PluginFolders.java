package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.settings.RegistryConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What lies in the configured folders.
 *
 * @param bundles those that may be used, in the order of the folders and of the names in them
 * @param refused those that may not, with the reason
 * @param refusals all reasons, those of folders that are not there among them
 * @param empty the configured folders that have neither a jar nor a folder in them
 */
public record PluginFolders(
    List<PluginBundle> bundles,
    Map<PluginBundle, Refusal> refused,
    List<Refusal> refusals,
    List<Path> empty) {
  /**
   * Opens what lies there.
   *
   * @param verification what is demanded of jars
   */
  public static PluginFolders scan(RegistryConfiguration configuration, Verification verification) {
    List<Refusal> refusals = new ArrayList<>();
    List<Path> empty = new ArrayList<>();
    Map<String, List<PluginBundle>> byId = new LinkedHashMap<>();
    for (Path path : configuration.pluginPath()) {
      for (Path entry : entries(path, configuration, refusals, empty)) {
        try {
          PluginBundle bundle = PluginBundle.open(entry, verification);
          byId.computeIfAbsent(bundle.origin().id(), id -> new ArrayList<>()).add(bundle);
        } catch (GraftException e) {
          refusals.add(new Refusal(entry.toString(), e.code(), e.text(), configuration.required()));
        }
      }
    }
    List<PluginBundle> usable = new ArrayList<>();
    Map<PluginBundle, Refusal> refused = new LinkedHashMap<>();
    byId.forEach(
        (id, bundles) -> {
          if (bundles.size() == 1) {
            usable.add(bundles.get(0));
          } else {
            Refusal refusal = duplicate(id, bundles, configuration);
            bundles.forEach(bundle -> refused.put(bundle, refusal));
            refusals.add(refusal);
          }
        });
    return new PluginFolders(usable, refused, refusals, empty);
  }

  /** The jar that has a class, of all but one bundle, usable or not. */
  Optional<String> jarWith(String className, PluginBundle except) {
    String path = className.replace('.', '/') + ".class";
    return Stream.concat(bundles.stream(), refused.keySet().stream())
        .filter(bundle -> !bundle.equals(except))
        .flatMap(bundle -> bundle.libraries().stream())
        .filter(library -> library.contains(path))
        .map(library -> library.origin().toString())
        .findFirst();
  }

  private static Refusal duplicate(
      String id, List<PluginBundle> bundles, RegistryConfiguration configuration) {
    List<String> places = bundles.stream().map(bundle -> bundle.origin().location()).toList();
    return new Refusal(
        id,
        ErrorCode.GRAFT_DUPLICATE_PLUGIN_ID,
        String.join(" and ", places)
            + " both have the plugin id '"
            + id
            + "', so neither is loaded. Remove all but one, or give each its own Graft-Plugin-Id in its manifest.",
        configuration.settingsOf(id).required());
  }

  private static List<Path> entries(
      Path path, RegistryConfiguration configuration, List<Refusal> refusals, List<Path> empty) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> entries =
          files
              .filter(file -> Files.isDirectory(file) || file.toString().endsWith(".jar"))
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .sorted()
              .toList();
      if (entries.isEmpty()) {
        empty.add(path);
      }
      return entries;
    } catch (IOException e) {
      refusals.add(
          new Refusal(
              path.toString(),
              ErrorCode.GRAFT_CONFIGURATION_INVALID,
              path
                  + " in "
                  + configuration.key("graft.plugins.path")
                  + " is no folder that can be read ("
                  + FailureText.ofFile(e)
                  + "). Make it, or take it out of the list.",
              configuration.required()));
      return List.of();
    }
  }
}
