package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginConstruction;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.invoke.Seam;
import dev.graft.registry.isolation.Realms;
import dev.graft.registry.isolation.Realms.PluginRealm;
import dev.graft.registry.linkage.LinkCheck;
import dev.graft.registry.linkage.Mismatch;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.settings.RegistryConfiguration.PluginSettings;
import dev.graft.registry.unload.Unloading;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.NativePlugin;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from a class name in a bundle to a plugin that is ready: realm, link check, instance,
 * adapter.
 */
public final class PluginLoading {
  private final Host host;
  private final RegistryConfiguration configuration;
  private final Loaders loaders;
  private final LinkRefusal linkRefusal;
  private final LoadingLimit limit;
  private final LinkCheck linkCheck = new LinkCheck();
  private final Map<PluginBundle, Loaders.Loader> made = new HashMap<>();
  private final Map<ClassLoader, List<PluginAdapter>> adapters = new HashMap<>();

  /** Nothing loaded yet. */
  public PluginLoading(
      Host host, RegistryConfiguration configuration, PluginFolders folders, Loaders loaders) {
    this.host = host;
    this.configuration = configuration;
    this.loaders = loaders;
    this.limit =
        new LoadingLimit(
            configuration.loadingLimit(), configuration.key(RegistryConfiguration.LOADING));
    this.linkRefusal = new LinkRefusal(host, configuration, folders);
  }

  /**
   * Makes a plugin ready.
   *
   * @param kind the kind of the list or services file that names it; null for a services file that
   *     leaves the kind open
   * @throws GraftException with the code for what stands in the way
   */
  public LoadReport.Loaded load(
      String className, @Nullable ExtensionKind kind, PluginBundle bundle) {
    PluginIdentity identity = new PluginIdentity(className, bundle.origin());
    PluginSettings settings = configuration.settingsOf(bundle.origin().id());
    PluginRealm realm = realm(bundle);
    checkIsWhereItIsTakenFrom(className, bundle, realm, host);
    Set<String> linked = loaderOf(bundle).linked();
    if (settings.linkCheck() && !linked.contains(className)) {
      check(className, bundle, realm);
      linked.add(className);
    }
    long start = System.nanoTime();
    Class<?> type = PluginConstruction.load(identity, realm.loader());
    refuseNative(type, identity);
    Seam seam = new Seam(identity, realm.loader(), host.watch());
    AtomicReference<@Nullable Object> constructed = new AtomicReference<>();
    LoadedPlugin plugin;
    try {
      plugin =
          limit.run(
              identity,
              () -> {
                Object instance = PluginConstruction.instantiate(type, seam);
                constructed.set(instance);
                return LoadedPlugin.of(
                    instance, () -> adapters(realm, bundle.origin()), seam, settings.own());
              });
      checkList(kind, plugin);
    } catch (RuntimeException | Error e) {
      Object instance = constructed.get();
      if (instance != null) {
        Unloading.refused(instance, seam, configuration.loadingLimit());
      }
      throw e;
    }
    Unloading.whenUnused(
        plugin,
        Objects.requireNonNull(constructed.get()),
        seam,
        loaderOf(bundle).use(),
        configuration.loadingLimit());
    return new LoadReport.Loaded(plugin, Duration.ofNanos(System.nanoTime() - start));
  }

  /** The plugins that tell clients of the server, which no source names. */
  public List<LoadedPlugin> catalog() {
    return CatalogPlugin.in(loaders.shared(), host, configuration);
  }

  /** A plugin of the host's own kind. */
  public LoadedPlugin ofHost(ExtensionPlugin plugin, ExtensionKind kind, PluginIdentity identity) {
    LoadedPlugin loaded =
        LoadedPlugin.of(
            plugin,
            List::of,
            new Seam(identity, null, host.watch()),
            PluginSettings.general(configuration.required()).own());
    checkList(kind, loaded);
    return loaded;
  }

  /**
   * A plugin that the host can't use is not even constructed: its constructor might have effects.
   */
  private void refuseNative(Class<?> type, PluginIdentity identity) {
    if (NativePlugin.class.isAssignableFrom(type) && host.nativeAdvice().isPresent()) {
      throw isNative(identity, host.nativeAdvice().get());
    }
  }

  /** The refusal of a native plugin, where the host has no engine for it. */
  static GraftException isNative(PluginIdentity identity, String advice) {
    return new GraftException(
        ErrorCode.GRAFT_HOST_UNSUPPORTED,
        identity.describeWithLocation() + " is a native plugin. " + advice);
  }

  /** Refuses a class that is in the jar, but whose name the plugin's loader looks up elsewhere. */
  static void checkIsWhereItIsTakenFrom(
      String className, PluginBundle bundle, PluginRealm realm, Host host) {
    if (realm.loader().sourceOf(className) == realm.loader()) {
      return;
    }
    try {
      if (realm.loader().classBytes(className) != null) {
        return;
      }
    } catch (IOException e) {
      return; // loading the class reports this
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
   * The names of the services files that list plugins in this bundle's realm, each with the kind
   * that it stands for; empty where the plugin itself gives the kind.
   */
  public Map<String, Optional<ExtensionKind>> serviceNames(PluginBundle bundle) {
    Map<String, Optional<ExtensionKind>> names = new HashMap<>();
    names.put(ExtensionPlugin.class.getName(), Optional.empty());
    PluginRealm realm = realm(bundle);
    for (PluginAdapter adapter : withProtobufOf(bundle, () -> adapters(realm, bundle.origin()))) {
      adapter.pluginInterfaces().forEach((name, kind) -> names.put(name, Optional.of(kind)));
    }
    return names;
  }

  private void checkList(@Nullable ExtensionKind listed, LoadedPlugin plugin) {
    ExtensionKind kind = plugin.kind();
    if (listed != null && listed != kind) {
      throw new GraftException(
          ErrorCode.GRAFT_WRONG_LIST,
          plugin.identity().place()
              + " is for "
              + kind.word()
              + " extensions, but stands in "
              + configuration.key(RegistryConfiguration.classListKey(listed))
              + ". Move it to "
              + configuration.key(RegistryConfiguration.classListKey(kind))
              + ".");
    }
  }

  private PluginRealm realm(PluginBundle bundle) {
    return loaderOf(bundle).realm();
  }

  private Loaders.Loader loaderOf(PluginBundle bundle) {
    return made.computeIfAbsent(bundle, this::makeLoader);
  }

  /** A jar with a protobuf of its own is tried with it, and that runs the jar's code already. */
  private Loaders.Loader makeLoader(PluginBundle bundle) {
    List<String> hostPackages = configuration.settingsOf(bundle.origin().id()).hostPackages();
    return withProtobufOf(bundle, () -> loaders.of(bundle, hostPackages));
  }

  /** Runs a step that runs code of a protobuf, which takes its time where it is the jar's own. */
  private <T> T withProtobufOf(PluginBundle bundle, Supplier<T> step) {
    return bundle.contains(Realms.PROTOBUF)
        ? limit.run(new PluginIdentity("the protobuf", bundle.origin()), step)
        : step.get();
  }

  /**
   * Everything has been loaded: closes the jars that were opened to be looked into, and from which
   * no class is loaded, and leaves the loaders to their plugins. Called once.
   */
  public void end(Iterable<PluginBundle> bundles) {
    for (PluginBundle bundle : bundles) {
      Loaders.Loader loader = made.get(bundle);
      if (loader == null || !loader.isNew()) {
        bundle.close();
      }
    }
    made.values().forEach(loader -> loader.use().end());
    made.clear();
  }

  private void check(String className, PluginBundle bundle, PluginRealm realm) {
    List<Mismatch> mismatches;
    try {
      mismatches = linkCheck.check(className, realm.loader());
    } catch (UncheckedIOException e) {
      throw damaged(bundle, e);
    }
    if (!mismatches.isEmpty()) {
      throw linkRefusal.of(className, bundle, mismatches);
    }
  }

  static GraftException damaged(PluginBundle bundle, UncheckedIOException failure) {
    return new GraftException(
        ErrorCode.GRAFT_JAR_UNREADABLE,
        bundle.origin().location()
            + " is damaged: "
            + failure.getMessage()
            + " ("
            + failure.getCause()
            + "). Copy it again.",
        failure);
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
}
