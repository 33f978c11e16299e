package dev.graft.registry.invoke;

import dev.graft.registry.error.PathText;
import java.util.Objects;

/**
 * Where a plugin comes from, as far as people need to know to find it.
 *
 * @param id the plugin id, which configuration keys use; empty where the plugin's jar has none
 * @param version the jar's version as its manifest says; empty where it does not
 * @param location the jar or folder, or the words of a host for a plugin of its own kind
 */
public record PluginOrigin(String id, String version, String location) {
  public PluginOrigin {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(location, "location");
  }

  /** The last part of the location: clients need not know where a server keeps its files. */
  public String fileName() {
    return PathText.lastPart(location);
  }
}
