package dev.graft.registry.discovery;

import dev.graft.registry.discovery.RegistryConfiguration.PluginSettings;
import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.isolation.Realms;
import dev.graft.registry.plugin.LoadedPlugin;
import dev.graft.registry.plugin.PluginOrigin;
import dev.graft.registry.report.LoadReport;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the configuration: finds every plugin it names, in order, and loads it or notes why
 * not. Used once, by one thread.
 */
public final class Discovery {
  private final Host host;
  private final RegistryConfiguration configuration;
  private final PluginFolders folders;
  private final PluginLoading loading;
  private final Realms realms;
  private final Map<Path, PluginBundle> classPathBundles = new HashMap<>();
  private final List<LoadReport.Loaded> loaded = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /**
   * Prepares the pass; reads the plugin folders.
   *
   * @throws IOException if Graft's own libraries cannot be read
   */
  public Discovery(Host host, RegistryConfiguration configuration) throws IOException {
    this.host = host;
    this.configuration = configuration;
    this.folders = PluginFolders.scan(configuration);
    this.realms = new Realms(host.realm(), host.classes());
    this.loading = new PluginLoading(host, configuration, folders, realms);
  }

  /** The plugin that lists the extensions of the server, which is not in the report. */
  public LoadedPlugin catalog() {
    return CatalogPlugin.in(realms.shared(), host, configuration);
  }

  /** Loads everything; the report says what became of each. */
  public LoadReport run() {
    long start = System.nanoTime();
    refusals.addAll(folders.refusals());
    Set<String> done = new HashSet<>();
    if (configuration.discovery() != RegistryConfiguration.Discovery.SERVICES) {
      for (ExtensionKind kind : ExtensionKind.values()) {
        for (String className : configuration.classLists().getOrDefault(kind, List.of())) {
          attempt(className, configuration.required(), () -> fromList(className, kind));
          done.add(className);
        }
      }
    }
    if (configuration.discovery() != RegistryConfiguration.Discovery.CLASSES) {
      for (PluginBundle bundle : folders.bundles()) {
        fromServices(bundle, done);
      }
    }
    refuseWhatIsRequiredButNotThere();
    List<String> warnings = warnings();
    List<LoadedPlugin> plugins = loaded.stream().map(LoadReport.Loaded::plugin).toList();
    warnings.addAll(new Oversights(configuration, folders).warnings(plugins, done));
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    return new LoadReport(host.title(), loaded, refusals, warnings, total);
  }

  /**
   * A plugin whose own settings require it may lie in a jar that is not there, or that cannot be
   * read and so has no id.
   */
  private void refuseWhatIsRequiredButNotThere() {
    Set<String> ids = knownIds();
    configuration
        .pluginSettings()
        .forEach(
            (id, settings) -> {
              if (settings.required() && !ids.contains(id)) {
                refusals.add(
                    new Refusal(
                        id,
                        ErrorCode.GRAFT_PLUGIN_MISSING,
                        "The plugin '"
                            + id
                            + "' is required, but no jar that can be read has that id; known ids: "
                            + ids
                            + ". Add its jar to "
                            + configuration.key("graft.plugins.path")
                            + ", or mend the id in the configuration.",
                        true));
              }
            });
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(configuration.warnings());
    Set<String> ids = knownIds();
    for (String id : configuration.pluginSettings().keySet()) {
      if (!ids.contains(id)) {
        warnings.add(
            "There are settings for a plugin '"
                + id
                + "', but no jar has that id; known ids: "
                + ids
                + ".");
      }
    }
    return warnings;
  }

  private Set<String> knownIds() {
    Set<String> ids = new TreeSet<>();
    folders.bundles().forEach(bundle -> ids.add(bundle.origin().id()));
    folders.refused().keySet().forEach(bundle -> ids.add(bundle.origin().id()));
    classPathBundles.values().forEach(bundle -> ids.add(bundle.origin().id()));
    return ids;
  }

  /** One attempt to load a plugin. */
  private interface Attempt {
    LoadReport.Loaded load() throws Exception;
  }

  private void attempt(String className, boolean required, Attempt attempt) {
    try {
      loaded.add(attempt.load());
    } catch (GraftException e) {
      refusals.add(new Refusal(className, e.code(), e.text(), required));
    } catch (Required e) {
      refusals.add(new Refusal(className, e.refusal.code(), e.refusal.text(), e.required));
    } catch (Exception | LinkageError e) {
      refusals.add(
          new Refusal(
              className,
              ErrorCode.GRAFT_CONSTRUCTOR_FAILED,
              className
                  + " could not be made: "
                  + FailureText.of(e)
                  + ". Report this to the plugin's author.",
              required));
    }
  }

  /** A refusal of a plugin whose own settings say whether it is required. */
  private static final class Required extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GraftException refusal;
    private final boolean required;

    Required(GraftException refusal, boolean required) {
      super(refusal);
      this.refusal = refusal;
      this.required = required;
    }
  }

  private LoadReport.Loaded load(
      String className, @Nullable ExtensionKind kind, PluginBundle bundle) {
    try {
      return loading.load(className, kind, bundle);
    } catch (GraftException e) {
      throw new Required(e, configuration.settingsOf(bundle.origin().id()).required());
    }
  }

  /** The bundle that has a class; empty where none has. */
  private List<PluginBundle> holders(String className) {
    List<PluginBundle> holders =
        folders.bundles().stream().filter(bundle -> bundle.contains(className)).toList();
    if (holders.size() > 1) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_AMBIGUOUS,
          className
              + " is in "
              + String.join(
                  " and in ", holders.stream().map(bundle -> bundle.origin().location()).toList())
              + ". Remove it from all but one.");
    }
    return holders;
  }

  private LoadReport.Loaded fromList(String className, ExtensionKind kind) throws Exception {
    if (className.indexOf('/') >= 0) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_MISSING,
          ClientText.quote(className)
              + " is no name of a class. Write dots between its parts, and $ before the name of a nested class.");
    }
    List<PluginBundle> holders = holders(className);
    if (holders.size() == 1) {
      return load(className, kind, holders.get(0));
    }
    for (Map.Entry<PluginBundle, Refusal> refused : folders.refused().entrySet()) {
      if (refused.getKey().contains(className)) {
        throw new GraftException(
            refused.getValue().code(),
            className
                + " is in "
                + refused.getKey().origin().location()
                + ", whose plugin id '"
                + refused.getKey().origin().id()
                + "' another jar has too, so neither is loaded. Remove all but one of them.");
      }
    }
    return fromHostClassPath(className, kind);
  }

  private LoadReport.Loaded fromHostClassPath(String className, ExtensionKind kind)
      throws Exception {
    String classFile = className.replace('.', '/') + ".class";
    URL url = host.classes().loader().getResource(classFile);
    if (url == null) {
      throw missing(className);
    }
    long start = System.nanoTime();
    Optional<ExtensionPlugin> own = host.ownPlugins().load(className, kind);
    if (own.isPresent()) {
      PluginOrigin origin =
          new PluginOrigin(
              "", "", host.title() + "'s own plugin interface, " + rootOf(url, classFile));
      PluginSettings settings = PluginSettings.general(configuration.required());
      LoadedPlugin plugin = loading.describe(className, kind, own.get(), origin, settings, null);
      return new LoadReport.Loaded(plugin, Duration.ofNanos(System.nanoTime() - start));
    }
    Path root = rootOf(url, classFile);
    PluginBundle bundle = classPathBundles.get(root);
    if (bundle == null) {
      bundle = PluginBundle.open(root);
      classPathBundles.put(root, bundle);
    }
    return load(className, kind, bundle);
  }

  /** The jar or folder on the host's class path that a class file was found in. */
  private static Path rootOf(URL url, String classFile) throws IOException, URISyntaxException {
    URLConnection connection = url.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return Path.of(jar.getJarFileURL().toURI());
    }
    String text = url.toString();
    return Path.of(java.net.URI.create(text.substring(0, text.length() - classFile.length())));
  }

  private GraftException missing(String className) {
    List<String> names = new ArrayList<>();
    for (PluginBundle bundle : folders.bundles()) {
      for (Library library : bundle.libraries()) {
        for (String path : library.paths()) {
          if (path.endsWith("Plugin.class")) {
            names.add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
          }
        }
      }
    }
    List<String> closest = ClientText.closest(className, names);
    String nested = nested(className);
    if (!nested.isEmpty()) {
      closest = List.of(nested);
    }
    return new GraftException(
        ErrorCode.GRAFT_CLASS_MISSING,
        className
            + " is in no jar of "
            + configuration.key("graft.plugins.path")
            + " "
            + configuration.pluginPath()
            + " and not on the server's class path."
            + unreadable()
            + (closest.isEmpty()
                ? " Add its jar, or mend the name."
                : " Did you mean " + String.join(" or ", closest) + "?"));
  }

  /** The name of a nested class that was written as in a source; empty where there is none. */
  private String nested(String className) {
    String name = className;
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.')) {
      name = name.substring(0, dot) + '$' + name.substring(dot + 1);
      if (folders.bundles().stream().anyMatch(bundleWith(name))) {
        return name;
      }
    }
    return "";
  }

  private static Predicate<PluginBundle> bundleWith(String className) {
    return bundle -> bundle.contains(className);
  }

  /** Jars that cannot be read may have any class. */
  private String unreadable() {
    List<String> jars =
        folders.refusals().stream()
            .filter(refusal -> refusal.code() == ErrorCode.GRAFT_JAR_UNREADABLE)
            .map(Refusal::subject)
            .toList();
    return jars.isEmpty() ? "" : " What could not be read: " + String.join(", ", jars) + ".";
  }

  private void fromServices(PluginBundle bundle, Set<String> done) {
    boolean required = configuration.settingsOf(bundle.origin().id()).required();
    Map<String, Optional<ExtensionKind>> services;
    try {
      services = new TreeMap<>(loading.serviceNames(bundle));
    } catch (GraftException e) {
      refusals.add(new Refusal(bundle.origin().location(), e.code(), e.text(), required));
      return;
    }
    services.forEach(
        (service, kind) -> {
          for (String className : providers(bundle, service, required)) {
            if (done.add(className)) {
              attempt(
                  className,
                  required,
                  () -> {
                    holders(
                        className); // refuses what two jars have: which of the two would be left to
                    // chance
                    return load(className, kind.orElse(null), bundle);
                  });
            }
          }
        });
  }

  private List<String> providers(PluginBundle bundle, String service, boolean required) {
    try {
      return ServicesFiles.providers(bundle, service);
    } catch (GraftException e) {
      refusals.add(new Refusal(bundle.origin().location(), e.code(), e.text(), required));
      return List.of();
    }
  }
}
