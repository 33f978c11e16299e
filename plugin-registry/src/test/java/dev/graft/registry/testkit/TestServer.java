package dev.graft.registry.testkit;

import dev.graft.registry.Dispatched;
import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.CallWatch;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.invoke.Seam;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.loading.Host;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.PluginJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server that does nothing but load plugins: a plugin folder, a configuration, and the classes it
 * shows to plugins.
 */
public final class TestServer {
  private final Path folder;
  private final Map<String, String> entries = new LinkedHashMap<>();
  private HostClasses classes = HostClasses.none();
  private CallWatch watch = CallWatch.NONE;
  private Optional<String> nativeAdvice = Optional.empty();
  private Host.OwnPlugins ownPlugins = (className, kind) -> Optional.empty();

  /** A server without an engine, whose plugin folder is this one. */
  public TestServer(Path folder) {
    this.folder = folder;
    set("graft.plugins.path", folder.toString());
  }

  /** Where a file of this name lies in the plugin folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a jar into the plugin folder. */
  public TestServer install(String fileName, PluginJar jar) {
    jar.writeTo(file(fileName));
    return this;
  }

  /** Sets a configuration key, given without the prefix {@code spark.}. */
  public TestServer set(String key, String value) {
    entries.put("spark." + key, value);
    return this;
  }

  /** Names plugins in the list of relations, in this order. */
  public TestServer relations(String... classNames) {
    return list(ExtensionKind.RELATION, classNames);
  }

  /** Names plugins in a list, in this order. */
  public TestServer list(ExtensionKind kind, String... classNames) {
    return set("connect.extensions." + kind.word() + ".classes", String.join(",", classNames));
  }

  /** Has classes of its own, of which it shows these packages to plugins. */
  public TestServer with(ClassLoader loader, String... packages) {
    classes = new HostClasses(loader, List.of(packages), List.of());
    return this;
  }

  /** Has a plugin interface of its own. */
  public TestServer with(Host.OwnPlugins plugins) {
    ownPlugins = plugins;
    return this;
  }

  /** Wants to know of calls of plugins. */
  public TestServer with(CallWatch calls) {
    watch = calls;
    return this;
  }

  /** Has no engine, and this advice for native plugins. */
  public TestServer withoutEngine(String advice) {
    nativeAdvice = Optional.of(advice);
    return this;
  }

  /** The configuration. */
  public Map<String, String> entries() {
    return Map.copyOf(entries);
  }

  /** Loads everything. */
  public Snapshot start() {
    return registry().current();
  }

  /** The same, with what may be swapped in. */
  public Registry registry() {
    return Registry.load(
        entries,
        new Host(
            "Test 1.0", "spark.", classes, TestRealm.libraries(), ownPlugins, watch, nativeAdvice));
  }

  /** A plugin that is there already, under the name of a class. */
  public static LoadedPlugin loaded(ExtensionPlugin plugin, String className, PluginOrigin origin) {
    return LoadedPlugin.of(
        plugin,
        List::of,
        new Seam(new PluginIdentity(className, origin), null, CallWatch.NONE),
        Map.of());
  }

  /** What was refused under this name. */
  public static Refusal refused(Snapshot snapshot, String subject) {
    List<Refusal> found =
        snapshot.report().refused().stream()
            .filter(refusal -> refusal.subject().equals(subject))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "Refused " + found.size() + " times: " + subject + "\n" + snapshot.report().text());
    }
    return found.get(0);
  }

  /** Sends an extension through the snapshot. */
  public static Dispatched send(Snapshot snapshot, Extension extension) {
    return snapshot.dispatcher().dispatch(extension, TestRequest.SOME);
  }

  /** The bytes of a node or a message that answers an extension, read as UTF-8. */
  public static String answer(Snapshot snapshot, Extension extension) {
    Answer answer = send(snapshot, extension).answer();
    return answer instanceof Answer.Node node
        ? new String(node.bytes(), StandardCharsets.UTF_8)
        : answer.toString();
  }

  /** The class names of the loaded plugins, in order. */
  public static List<String> loaded(Snapshot snapshot) {
    return snapshot.index().plugins().stream().map(plugin -> plugin.className()).toList();
  }
}
