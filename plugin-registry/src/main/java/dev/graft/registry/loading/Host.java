package dev.graft.registry.loading;

import dev.graft.registry.invoke.CallWatch;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import java.util.Objects;
import java.util.Optional;

/**
 * What the registry must know of its host to load plugins.
 *
 * @param title the host as people call it, for example {@code Spark 4.2.0}
 * @param keyPrefix what configuration keys begin with; {@code spark.} inside Spark, empty in a
 *     gateway
 * @param classes what plugins see of the host's own classes
 * @param realm the libraries that make a realm
 * @param ownPlugins the host's own kind of plugin
 * @param watch what the host wants to know of calls of plugins
 * @param nativeAdvice what to do about a native plugin, as sentences, where the host has no engine
 *     for it: no such plugin is constructed then. Empty where the host can use native plugins
 */
public record Host(
    String title,
    String keyPrefix,
    HostClasses classes,
    RealmLibraries realm,
    OwnPlugins ownPlugins,
    CallWatch watch,
    Optional<String> nativeAdvice) {
  /** The plugins of the host's own kind, which may stand in the same lists. */
  @FunctionalInterface
  public interface OwnPlugins {
    /**
     * Makes a plugin of the host's own kind from a class on the host's class path.
     *
     * @return empty where the class is none of the host's own plugins
     * @throws Exception whatever goes wrong while it is made
     */
    Optional<ExtensionPlugin> load(String className, ExtensionKind kind) throws Exception;
  }

  public Host {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(keyPrefix, "keyPrefix");
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(realm, "realm");
    Objects.requireNonNull(ownPlugins, "ownPlugins");
    Objects.requireNonNull(watch, "watch");
    Objects.requireNonNull(nativeAdvice, "nativeAdvice");
  }

  /** How a jar gets onto the host's class path, as a sentence. */
  String classPathAdvice() {
    return "Put the jar on the server's class path (inside Spark: --jars).";
  }

  /** A host with an engine, that does nothing about calls. */
  public Host(
      String title,
      String keyPrefix,
      HostClasses classes,
      RealmLibraries realm,
      OwnPlugins ownPlugins) {
    this(title, keyPrefix, classes, realm, ownPlugins, CallWatch.NONE, Optional.empty());
  }
}
