package dev.graft.registry.source;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.loading.Host;
import dev.graft.registry.loading.PluginBundle;
import dev.graft.registry.loading.PluginFolders;
import dev.graft.registry.loading.PluginLoading;
import dev.graft.registry.loading.Verification;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.settings.RegistryConfiguration;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the jar that has a class, or says why there is none. Used by one thread. */
final class ClassSearch {
  private final Host host;
  private final RegistryConfiguration configuration;
  private final PluginFolders folders;
  private final PluginLoading loading;
  private final Verification verification;
  private final ClassHolders classHolders;
  private final Map<Path, PluginBundle> onClassPath = new HashMap<>();

  ClassSearch(
      Host host,
      RegistryConfiguration configuration,
      PluginFolders folders,
      PluginLoading loading,
      Verification verification,
      ClassHolders classHolders) {
    this.host = host;
    this.configuration = configuration;
    this.folders = folders;
    this.loading = loading;
    this.verification = verification;
    this.classHolders = classHolders;
  }

  /** All jars and folders that were opened. */
  List<PluginBundle> opened() {
    List<PluginBundle> opened = new ArrayList<>(folders.bundles());
    opened.addAll(folders.refused().keySet());
    opened.addAll(onClassPath.values());
    return opened;
  }

  /** Their ids. */
  Set<String> knownIds() {
    Set<String> ids = new TreeSet<>();
    opened().forEach(bundle -> ids.add(bundle.origin().id()));
    return ids;
  }

  /**
   * Looks for a class that a list names: in the plugin folders, then on the host's class path.
   *
   * @param kind the list's
   * @throws GraftException GRAFT_CLASS_MISSING, GRAFT_CLASS_AMBIGUOUS, or why the jar that has it
   *     is not used
   */
  PluginSource.Found find(String className, ExtensionKind kind) throws Exception {
    if (className.indexOf('/') >= 0) {
      throw new GraftException(
          ErrorCode.GRAFT_CLASS_MISSING,
          ClientText.quote(className)
              + " is no name of a class. Write dots between its parts, and $ before the name of a nested class.");
    }
    List<PluginBundle> holders = holders(className);
    if (holders.size() == 1) {
      return found(className, kind, holders.get(0));
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
    return onHostClassPath(className, kind);
  }

  /**
   * A class that a jar names for itself.
   *
   * @param kind the kind that the services file stands for; null where it leaves that open
   * @throws GraftException GRAFT_CLASS_AMBIGUOUS where another jar has it too: otherwise chance
   *     would decide between them
   */
  PluginSource.Found only(String className, @Nullable ExtensionKind kind, PluginBundle bundle) {
    holders(className);
    return found(className, kind, bundle);
  }

  private PluginSource.Found found(
      String className, @Nullable ExtensionKind kind, PluginBundle bundle) {
    return new PluginSource.Found(
        configuration.settingsOf(bundle.origin().id()).required(),
        () -> loading.load(className, kind, bundle));
  }

  /**
   * The bundle that has a class; empty where none has. Throws GRAFT_CLASS_AMBIGUOUS where several
   * have it.
   */
  private List<PluginBundle> holders(String className) {
    List<PluginBundle> holders = classHolders.of(className);
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

  private PluginSource.Found onHostClassPath(String className, ExtensionKind kind)
      throws Exception {
    String classFile = className.replace('.', '/') + ".class";
    URL url = host.classes().loader().getResource(classFile);
    if (url == null) {
      throw missing(className);
    }
    Path root = rootOf(url, classFile);
    long start = System.nanoTime();
    Optional<ExtensionPlugin> own = host.ownPlugins().load(className, kind);
    if (own.isPresent()) {
      PluginOrigin origin =
          new PluginOrigin("", "", host.title() + "'s own plugin interface, " + root);
      PluginIdentity identity = new PluginIdentity(className, origin);
      return new PluginSource.Found(
          configuration.required(),
          () ->
              new LoadReport.Loaded(
                  loading.ofHost(own.get(), kind, identity),
                  Duration.ofNanos(System.nanoTime() - start)));
    }
    PluginBundle bundle = onClassPath.get(root);
    if (bundle == null) {
      bundle = PluginBundle.open(root, verification);
      onClassPath.put(root, bundle);
    }
    return found(className, kind, bundle);
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
            + notOpened()
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

  /**
   * A sentence about the jars that cannot be read or are not trusted, since what is looked for may
   * be in one of them; with a blank before it, empty where there is none.
   */
  String notOpened() {
    return notOpened(ErrorCode.GRAFT_JAR_UNREADABLE, " What could not be read: ")
        + notOpened(ErrorCode.GRAFT_JAR_UNTRUSTED, " What is not trusted: ");
  }

  private String notOpened(ErrorCode code, String words) {
    List<String> jars =
        folders.refusals().stream()
            .filter(refusal -> refusal.code() == code)
            .map(Refusal::subject)
            .toList();
    return jars.isEmpty() ? "" : words + String.join(", ", jars) + ".";
  }
}
