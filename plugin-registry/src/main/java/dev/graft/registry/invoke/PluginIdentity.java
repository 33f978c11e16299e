package dev.graft.registry.invoke;

import java.util.Objects;

/**
 * What people know a plugin by.
 *
 * @param className the class that was named in a list or services file
 * @param origin where the class comes from
 */
public record PluginIdentity(String className, PluginOrigin origin) {
  public PluginIdentity {
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(origin, "origin");
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

  /** Its class and where that is, for operators: {@code acme.TopKPlugin in /plugins/acme.jar}. */
  public String place() {
    return className + " in " + origin.location();
  }

  private String described(String jar) {
    String idAndVersion = (origin.id() + " " + origin.version()).strip();
    return className + " (" + (idAndVersion.isEmpty() ? "" : idAndVersion + ", ") + jar + ")";
  }
}
