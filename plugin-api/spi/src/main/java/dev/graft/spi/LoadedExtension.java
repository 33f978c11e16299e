package dev.graft.spi;

import java.util.Objects;

/**
 * An extension that the server answers: one message of one plugin. Arrays are handed over, not
 * copied: nobody must write to them.
 *
 * @param kind where in a plan it may stand
 * @param name its name in clients, in lower_snake_case; two plugins may use the same
 * @param message the message's full name, or {@link ExtensionPlugin#ANY_MESSAGE} of a plugin that
 *     is asked about every message
 * @param plugin the plugin's class name
 * @param jar the file name of the jar or folder it comes from, without the path
 * @param version the jar's version as its manifest says; empty where it does not
 * @param documentation see {@link MessageDescription}
 * @param descriptorSet see {@link MessageDescription}; empty also where the plugin failed to tell
 */
public record LoadedExtension(
    ExtensionKind kind,
    String name,
    String message,
    String plugin,
    String jar,
    String version,
    String documentation,
    byte[] descriptorSet) {
  public LoadedExtension {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(plugin, "plugin");
    Objects.requireNonNull(jar, "jar");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(documentation, "documentation");
    Objects.requireNonNull(descriptorSet, "descriptorSet");
  }
}
