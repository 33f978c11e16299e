package dev.graft.registry.source;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.loading.Host;
import dev.graft.registry.loading.Loaders;
import dev.graft.registry.loading.PluginFolders;
import dev.graft.registry.loading.PluginLoading;
import dev.graft.registry.loading.Verification;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.settings.RegistryConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All sources of a configuration: finds every plugin they name, in order, and loads it or notes why
 * not. Used once, by one thread.
 */
public final class Sources {
  private final Host host;
  private final RegistryConfiguration configuration;
  private final PluginFolders folders;
  private final PluginLoading loading;
  private final ClassHolders holders;
  private final ClassSearch search;
  private final List<LoadReport.Loaded> loaded = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /**
   * Reads the plugin folders.
   *
   * @param loaders those of the server, which may have the jars already
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if the files that say which jars are loaded
   *     cannot be read
   */
  public Sources(Host host, RegistryConfiguration configuration, Loaders loaders) {
    this.host = host;
    this.configuration = configuration;
    Verification verification = Verification.of(configuration);
    this.folders = PluginFolders.scan(configuration, verification);
    this.loading = new PluginLoading(host, configuration, folders, loaders);
    this.holders = new ClassHolders(folders.bundles());
    this.search = new ClassSearch(host, configuration, folders, loading, verification, holders);
  }

  /** See {@link PluginLoading#catalog}. */
  public List<LoadedPlugin> catalog() {
    return loading.catalog();
  }

  private List<PluginSource> sources() {
    PluginSource lists = new ClassLists(configuration, search);
    PluginSource services = new Services(configuration, folders, loading, search);
    return switch (configuration.discovery()) {
      case CLASSES -> List.of(lists);
      case SERVICES -> List.of(services);
      case BOTH -> List.of(lists, services);
    };
  }

  /** Loads everything; the report says what became of each. */
  public LoadReport load() {
    try {
      return loadAll();
    } finally {
      loading.end(search.opened());
    }
  }

  private LoadReport loadAll() {
    long start = System.nanoTime();
    refusals.addAll(folders.refusals());
    Set<String> named = new HashSet<>();
    for (PluginSource source : sources()) {
      for (PluginSource.Candidate candidate : source.candidates(named, refusals::add)) {
        load(candidate);
        named.add(candidate.className());
      }
    }
    refuseWhatIsRequiredButNotThere();
    List<String> warnings = warnings();
    List<LoadedPlugin> plugins = loaded.stream().map(LoadReport.Loaded::plugin).toList();
    warnings.addAll(new Oversights(configuration, folders, holders).warnings(plugins, named));
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    return new LoadReport(host.title(), loaded, refusals, warnings, total);
  }

  private void load(PluginSource.Candidate candidate) {
    String className = candidate.className();
    boolean required = candidate.required();
    try {
      PluginSource.Found found = candidate.search().find();
      required = found.required();
      loaded.add(found.loading().load());
    } catch (GraftException e) {
      refusals.add(new Refusal(className, e.code(), e.text(), required));
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

  /**
   * A plugin whose own settings require it may lie in a jar that is not there, or that cannot be
   * read and so has no id.
   */
  private void refuseWhatIsRequiredButNotThere() {
    Set<String> ids = search.knownIds();
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
                            + "."
                            + search.notOpened()
                            + " Add its jar to "
                            + configuration.key("graft.plugins.path")
                            + ", or mend the id in the configuration.",
                        true));
              }
            });
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Set<String> ids = search.knownIds();
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
}
