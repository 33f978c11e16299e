package dev.graft.registry.discovery;

import dev.graft.registry.discovery.RegistryConfiguration.PluginSettings;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.ContextLoader;
import dev.graft.registry.isolation.Realms;
import dev.graft.registry.isolation.Realms.PluginRealm;
import dev.graft.registry.linkage.LinkCheck;
import dev.graft.registry.linkage.Mismatch;
import dev.graft.registry.plugin.LoadedPlugin;
import dev.graft.registry.plugin.PluginCounters;
import dev.graft.registry.plugin.PluginOrigin;
import dev.graft.registry.report.LoadReport;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.PluginAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way from a class name in a bundle to a plugin that is ready: realm, link check, instance,
 * adapter.
 */
final class PluginLoading {
  private final Host host;
  private final RegistryConfiguration configuration;
  private final Realms realms;
  private final LinkRefusal linkRefusal;
  private final LinkCheck linkCheck = new LinkCheck();
  private final Map<PluginBundle, PluginRealm> loaders = new HashMap<>();
  private final Map<ClassLoader, List<PluginAdapter>> adapters = new HashMap<>();

  PluginLoading(
      Host host, RegistryConfiguration configuration, PluginFolders folders, Realms realms) {
    this.host = host;
    this.configuration = configuration;
    this.realms = realms;
    this.linkRefusal = new LinkRefusal(host, configuration, folders);
  }

  /**
   * Makes a plugin ready.
   *
   * @param kind the list that names it, or null where a services file does that leaves the kind
   *     open
   * @throws GraftException with the code for what stands in the way
   */
  @SuppressWarnings("try") // the context loader is there for what happens meanwhile
  LoadReport.Loaded load(String className, @Nullable ExtensionKind kind, PluginBundle bundle) {
    PluginOrigin origin = bundle.origin();
    PluginSettings settings = configuration.settingsOf(origin.id());
    PluginRealm realm = realm(bundle);
    checkIsWhereItIsTakenFrom(className, bundle, realm);
    if (settings.linkCheck()) {
      check(className, bundle, realm);
    }
    long start = System.nanoTime();
    try (ContextLoader loader = ContextLoader.of(realm.loader())) {
      Object instance =
          PluginConstruction.instantiate(className, realm.loader(), origin.location());
      ExtensionPlugin adapted = adapt(instance, className, realm, origin);
      LoadedPlugin plugin = describe(className, kind, adapted, origin, settings, realm.loader());
      return new LoadReport.Loaded(plugin, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** A jar may hold a class under a name for which no plugin's loader asks the jar. */
  private void checkIsWhereItIsTakenFrom(String className, PluginBundle bundle, PluginRealm realm) {
    if (realm.loader().sourceOf(className) == realm.loader()) {
      return;
    }
    try {
      if (realm.loader().classBytes(className) != null) {
        return;
      }
    } catch (IOException e) {
      return; // whoever loads it says so
    }
    throw new GraftException(
        ErrorCode.GRAFT_CLASS_MISSING,
        className
            + " is in "
            + bundle.origin().location()
            + ", but a class of this name is taken from the server, whose class path does not have it. "
            + host.classPathAdvice()
            + " A plugin of yours belongs into a package of your own.");
  }

  /**
   * The services files that name plugins in this bundle's realm, with the kind each stands for;
   * null where it is open.
   */
  Map<String, Optional<ExtensionKind>> serviceNames(PluginBundle bundle) {
    Map<String, Optional<ExtensionKind>> names = new HashMap<>();
    names.put(ExtensionPlugin.class.getName(), Optional.empty());
    for (PluginAdapter adapter : adapters(realm(bundle), bundle.origin())) {
      adapter.pluginInterfaces().forEach((name, kind) -> names.put(name, Optional.of(kind)));
    }
    return names;
  }

  /**
   * Reads a plugin's description of itself and binds it to where it comes from.
   *
   * @param contextLoader the thread's context class loader while the plugin is called, or null
   *     where the thread's own is to stay
   */
  LoadedPlugin describe(
      String className,
      @Nullable ExtensionKind listed,
      ExtensionPlugin plugin,
      PluginOrigin origin,
      PluginSettings settings,
      @Nullable ClassLoader contextLoader) {
    ExtensionKind kind;
    Set<String> names;
    boolean portable;
    try {
      kind = Objects.requireNonNull(plugin.kind(), "kind() returned null");
      names = Set.copyOf(plugin.messageNames());
      portable = plugin.portable();
    } catch (RuntimeException | Error e) {
      throw noDescription(className, origin, e);
    }
    if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw new GraftException(
          ErrorCode.GRAFT_DESCRIPTION_INVALID,
          className
              + " in "
              + origin.location()
              + " names no message, or a blank one, so nothing could ever reach it. Report this to the plugin's author.");
    }
    for (String name : names) {
      if (name.indexOf('/') >= 0) {
        // As a type URL it would stand in the index beside the name it belongs to, and the order of
        // the two be left to chance.
        throw new GraftException(
            ErrorCode.GRAFT_DESCRIPTION_INVALID,
            className
                + " in "
                + origin.location()
                + " names the message "
                + name
                + ", which is a type URL. Give what follows the last slash.");
      }
    }
    if (listed != null && listed != kind) {
      throw new GraftException(
          ErrorCode.GRAFT_WRONG_LIST,
          className
              + " in "
              + origin.location()
              + " is for "
              + kind.word()
              + " extensions, but stands in "
              + configuration.key(RegistryConfiguration.classListKey(listed))
              + ". Move it to "
              + configuration.key(RegistryConfiguration.classListKey(kind))
              + ".");
    }
    return new LoadedPlugin(
        plugin,
        className,
        origin,
        kind,
        names,
        portable,
        settings.own(),
        new PluginCounters(),
        contextLoader);
  }

  private static GraftException noDescription(
      String className, PluginOrigin origin, Throwable failure) {
    FailureText.passOnIfOfTheJvm(failure);
    return new GraftException(
        ErrorCode.GRAFT_DESCRIPTION_INVALID,
        className
            + " in "
            + origin.location()
            + " failed to say which messages it is for: "
            + FailureText.of(failure)
            + ". Report this to the plugin's author.",
        failure);
  }

  private PluginRealm realm(PluginBundle bundle) {
    PluginRealm known = loaders.get(bundle);
    if (known == null) {
      try {
        String id = bundle.origin().id();
        List<String> hostPackages = configuration.settingsOf(id).hostPackages();
        known = realms.realmOf(id, bundle.libraries(), hostPackages);
      } catch (IOException e) {
        throw new GraftException(
            ErrorCode.GRAFT_REALM_INVALID,
            "Graft's own libraries cannot be read: " + e + ". Install Graft again.",
            e);
      }
      loaders.put(bundle, known);
    }
    return known;
  }

  private void check(String className, PluginBundle bundle, PluginRealm realm) {
    List<Mismatch> mismatches;
    try {
      mismatches = linkCheck.check(className, realm.loader());
    } catch (UncheckedIOException e) {
      throw new GraftException(
          ErrorCode.GRAFT_JAR_UNREADABLE,
          bundle.origin().location()
              + " is damaged: "
              + e.getMessage()
              + " ("
              + e.getCause()
              + "). Copy it again.",
          e);
    }
    if (!mismatches.isEmpty()) {
      throw linkRefusal.of(className, bundle, mismatches);
    }
  }

  private List<PluginAdapter> adapters(PluginRealm realm, PluginOrigin origin) {
    try {
      return adapters.computeIfAbsent(realm.realm(), key -> realm.adapters());
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new GraftException(
          ErrorCode.GRAFT_REALM_INVALID,
          "The typed API does not run on the protobuf-java in "
              + origin.location()
              + ": "
              + FailureText.of(e)
              + ". Leave protobuf-java out of the jar to use Graft's, or carry a complete one.",
          e);
    }
  }

  private ExtensionPlugin adapt(
      Object instance, String className, PluginRealm realm, PluginOrigin origin) {
    if (instance instanceof ExtensionPlugin plugin) {
      return plugin;
    }
    for (PluginAdapter adapter : adapters(realm, origin)) {
      try {
        Optional<ExtensionPlugin> adapted = adapter.adapt(instance);
        if (adapted.isPresent()) {
          return adapted.get();
        }
      } catch (RuntimeException | Error e) {
        throw noDescription(className, origin, e);
      }
    }
    List<String> known =
        adapters(realm, origin).stream()
            .flatMap(adapter -> adapter.pluginInterfaces().keySet().stream())
            .sorted()
            .toList();
    throw new GraftException(
        ErrorCode.GRAFT_NOT_A_PLUGIN,
        className
            + " in "
            + origin.location()
            + " implements none of "
            + String.join(", ", known)
            + ", "
            + ExtensionPlugin.class.getName()
            + ". A plugin of the server's own kind belongs on the server's class path, not into a plugin folder.");
  }
}
