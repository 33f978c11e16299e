package dev.graft.registry;

import dev.graft.registry.PluginIndex.Claim;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.Failures;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.loading.FolderState;
import dev.graft.registry.loading.Host;
import dev.graft.registry.loading.Loaders;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.source.Sources;
import dev.graft.spi.ExtensionPlugin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The plugins of a server: holds the snapshot that requests begin with, and swaps it whole. Safe
 * for use by several threads.
 *
 * <p>A snapshot that was swapped out can be collected when the last request that began with it has
 * ended. So can its class loaders, except those that a later snapshot shares: a jar that has not
 * changed is loaded once.
 */
public final class Registry {
  private final Host host;
  private final Map<String, String> entries;
  private final Loaders loaders;
  private final Failures failures = new Failures();
  private volatile Snapshot current;

  private Registry(Host host, Map<String, String> entries) {
    this.host = host;
    this.entries = Map.copyOf(entries);
    this.loaders = new Loaders(host);
    this.current = prepare(entries);
  }

  /**
   * Loads every plugin that a configuration names.
   *
   * @param entries all entries of the host's configuration
   * @throws GraftException if a value of the configuration cannot be understood, a required plugin
   *     is refused, or Graft's own libraries cannot be read
   */
  public static Registry load(Map<String, String> entries, Host host) {
    return new Registry(host, entries);
  }

  /**
   * Loads every plugin that a configuration names, as the start of a server does, and lets go of
   * them.
   *
   * @param entries all entries of the host's configuration
   * @return what became of them; a server would not start where something required is refused
   * @throws GraftException if a value of the configuration cannot be understood, or Graft's own
   *     libraries cannot be read
   */
  public static LoadReport rehearse(Map<String, String> entries, Host host) {
    Loaders loaders = new Loaders(host);
    RegistryConfiguration configuration = RegistryConfiguration.parse(entries, host.keyPrefix());
    LoadReport report = new Sources(host, configuration, loaders).load();
    loaders.giveUp(report.loaded().stream().map(LoadReport.Loaded::plugin).toList());
    return report;
  }

  /** The last requests that were refused: the host adds each that it refuses. */
  public Failures failures() {
    return failures;
  }

  /** The snapshot that a request takes when it begins, and keeps to its end. */
  public Snapshot current() {
    return current;
  }

  /**
   * Loads another configuration, and leaves the one in use as it is.
   *
   * @throws GraftException as {@link #load} does
   */
  public synchronized Snapshot prepare(Map<String, String> entries) {
    RegistryConfiguration configuration = RegistryConfiguration.parse(entries, host.keyPrefix());
    FolderState folders = FolderState.of(configuration.watched());
    Sources sources = new Sources(host, configuration, loaders);
    LoadReport report = sources.load();
    List<Refusal> fatal = report.refused().stream().filter(Refusal::required).toList();
    if (!fatal.isEmpty()) {
      giveUp(report);
      throw new GraftException(
          fatal.get(0).code(),
          "What the server requires is refused: "
              + String.join(" ", fatal.stream().map(Refusal::text).toList()));
    }
    List<LoadedPlugin> plugins = report.loaded().stream().map(LoadReport.Loaded::plugin).toList();
    PluginIndex index = new PluginIndex(plugins, sources.catalog());
    return new Snapshot(
        configuration,
        index,
        new Dispatcher(index, report.refused(), List.of(), failures),
        report,
        folders,
        Instant.now());
  }

  /**
   * Loads the same configuration again, from what lies in the plugin folders now, and has the
   * requests that begin from now on begin with that.
   *
   * @throws GraftException as {@link #load} does, and where something is refused now and a plugin
   *     that serves at the moment would not serve any more. The current snapshot then stays
   */
  public synchronized Snapshot reload() {
    Snapshot before = current;
    Snapshot next = prepare(entries);
    Set<String> serving = classes(before);
    serving.removeAll(classes(next));
    List<Refusal> refused =
        next.report().refused().stream()
            .filter(refusal -> !before.report().refused().contains(refusal))
            .toList();
    if (!serving.isEmpty() && !refused.isEmpty()) {
      giveUp(next);
      throw new GraftException(
          refused.get(0).code(),
          String.join(", ", serving)
              + " would not serve any more: "
              + String.join(" ", refused.stream().map(Refusal::text).toList()));
    }
    countOn(before, next);
    swap(next);
    return next;
  }

  private static void countOn(Snapshot before, Snapshot next) {
    Map<PluginIdentity, LoadedPlugin> known = new HashMap<>();
    before.index().plugins().forEach(plugin -> known.put(plugin.identity(), plugin));
    for (LoadedPlugin plugin : next.index().plugins()) {
      LoadedPlugin same = known.get(plugin.identity());
      if (same != null) {
        plugin.countsOn(same);
      }
    }
  }

  /**
   * A snapshot with the plugins of further jars over it. It is not swapped in, and keeps of its own
   * only what lies over the other. What is refused of the jars is told to whoever misses it.
   *
   * @param jars to be loaded by their services files
   * @param replaces whether a plugin may take a message that plugins below answer; otherwise it is
   *     refused
   * @param refused what else was refused
   */
  public Snapshot over(Snapshot below, List<Path> jars, boolean replaces, List<Refusal> refused) {
    RegistryConfiguration configuration = below.configuration().ofSession(jars);
    LoadReport loaded = new Sources(host, configuration, loaders).load();
    List<LoadReport.Loaded> kept = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>(loaded.refused());
    for (LoadReport.Loaded one : loaded.loaded()) {
      Optional<String> taken = replaces ? Optional.empty() : taken(one.plugin(), below.index());
      if (taken.isEmpty()) {
        kept.add(one);
      } else {
        loaders.giveUp(List.of(one.plugin()));
        refusals.add(taken(one.plugin(), taken.get()));
      }
    }
    PluginIndex index =
        new PluginIndex(kept.stream().map(LoadReport.Loaded::plugin).toList())
            .over(below.index(), replaces ? Claim.ABOVE : Claim.BELOW);
    LoadReport report =
        new LoadReport(host.title(), kept, refusals, loaded.warnings(), loaded.took());
    List<Refusal> ofSession = new ArrayList<>(refused);
    ofSession.addAll(refusals);
    return new Snapshot(
        below.configuration(),
        index,
        new Dispatcher(index, below.report().refused(), ofSession, failures),
        report,
        below.folders(),
        Instant.now());
  }

  private static Optional<String> taken(LoadedPlugin plugin, PluginIndex below) {
    return plugin.messageNames().stream()
        .filter(name -> !name.equals(ExtensionPlugin.ANY_MESSAGE))
        .filter(
            name ->
                below.candidates(plugin.kind(), name).stream()
                    .anyMatch(known -> known.messageNames().contains(name)))
        .findFirst();
  }

  private static Refusal taken(LoadedPlugin plugin, String message) {
    return new Refusal(
        plugin.className(),
        ErrorCode.GRAFT_MESSAGE_TAKEN,
        plugin.identity().describe()
            + " is for "
            + message
            + ", which the server answers itself. Give the message a name of your own.",
        false);
  }

  private static Set<String> classes(Snapshot snapshot) {
    return snapshot.report().loaded().stream()
        .map(loaded -> loaded.plugin().className())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Makes this the snapshot of all requests that begin from now on. */
  public synchronized void swap(Snapshot next) {
    Snapshot before = current;
    current = Objects.requireNonNull(next, "next");
    giveUp(before);
  }

  /**
   * No request will begin with a snapshot any more, neither this server's own nor one that lies
   * over it. Its plugins are closed when the last request that has begun with it lets go of them.
   */
  public void giveUp(Snapshot snapshot) {
    giveUp(snapshot.report());
  }

  private void giveUp(LoadReport report) {
    loaders.giveUp(report.loaded().stream().map(LoadReport.Loaded::plugin).toList());
  }
}
