package dev.graft.registry.reload;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.report.LoadReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one snapshot has that another has not. Plugins are told apart by their classes; each is
 * named with its jar.
 *
 * @param added plugins that are new
 * @param replaced plugins whose jar or folder has changed
 * @param removed plugins that are gone
 * @param refused what was not refused before
 * @param asBefore how many plugins are as they were
 */
public record Changes(
    List<String> added,
    List<String> replaced,
    List<String> removed,
    List<Refusal> refused,
    int asBefore) {
  public Changes {
    added = List.copyOf(added);
    replaced = List.copyOf(replaced);
    removed = List.copyOf(removed);
    refused = List.copyOf(refused);
  }

  /** Compares two snapshots. */
  static Changes between(Snapshot before, Snapshot after) {
    Map<String, LoadedPlugin> old = plugins(before.report());
    Set<String> changed = withFolders(before.folders().differences(after.folders()));
    List<String> added = new ArrayList<>();
    List<String> replaced = new ArrayList<>();
    int asBefore = 0;
    for (LoadedPlugin plugin : plugins(after.report()).values()) {
      LoadedPlugin was = old.remove(plugin.className());
      if (was == null) {
        added.add(plugin.describeWithLocation());
      } else if (!was.origin().equals(plugin.origin())
          || changed.contains(plugin.origin().location())) {
        replaced.add(plugin.describeWithLocation());
      } else {
        asBefore++;
      }
    }
    List<Refusal> refused =
        after.report().refused().stream()
            .filter(refusal -> !before.report().refused().contains(refusal))
            .toList();
    List<String> removed = old.values().stream().map(LoadedPlugin::describeWithLocation).toList();
    return new Changes(added, replaced, removed, refused, asBefore);
  }

  private static Map<String, LoadedPlugin> plugins(LoadReport report) {
    Map<String, LoadedPlugin> plugins = new LinkedHashMap<>();
    report.loaded().forEach(one -> plugins.put(one.plugin().className(), one.plugin()));
    return plugins;
  }

  /** Files and all folders that they are in, as texts: the place of a host's plugin is no path. */
  private static Set<String> withFolders(List<Path> files) {
    Set<String> all = new HashSet<>();
    for (Path file : files) {
      for (Path each = file; each != null && all.add(each.toString()); ) {
        each = each.getParent();
      }
    }
    return all;
  }

  /** A line that counts, and one for each change. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d added, %d replaced, %d removed, %d refused, %d as before"
            .formatted(added.size(), replaced.size(), removed.size(), refused.size(), asBefore));
    added.forEach(plugin -> lines.add("  added      " + plugin));
    replaced.forEach(plugin -> lines.add("  replaced   " + plugin));
    removed.forEach(plugin -> lines.add("  removed    " + plugin));
    refused.forEach(
        refusal -> lines.add("  refused    [" + refusal.code() + "] " + refusal.text()));
    return lines;
  }
}
