package dev.graft.registry;

import dev.graft.registry.discovery.Discovery;
import dev.graft.registry.discovery.Host;
import dev.graft.registry.discovery.RegistryConfiguration;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.registry.plugin.LoadedPlugin;
import dev.graft.registry.report.LoadReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A configuration, loaded: immutable, safe for use by several threads. To reload, a host loads
 * another and uses it for the requests that come; those under way keep theirs, and with it its
 * class loaders.
 *
 * @param configuration what was configured
 * @param snapshot the plugins that are ready
 * @param dispatcher asks them
 * @param report what became of the configuration
 */
public record Registry(
    RegistryConfiguration configuration,
    PluginSnapshot snapshot,
    Dispatcher dispatcher,
    LoadReport report) {
  public Registry {
    Objects.requireNonNull(configuration, "configuration");
    Objects.requireNonNull(snapshot, "snapshot");
    Objects.requireNonNull(dispatcher, "dispatcher");
    Objects.requireNonNull(report, "report");
  }

  /** How much one request may grow. */
  public ExpansionLimits expansionLimits() {
    return new ExpansionLimits(
        configuration.expansionDepth(),
        configuration.expansionNodes(),
        configuration.expansionBytes(),
        configuration.keyPrefix());
  }

  /** How much the plugins of one request may ask about schemas. */
  public SchemaLimits schemaLimits() {
    return configuration.schemaLimits();
  }

  /**
   * Loads every plugin that the configuration names.
   *
   * @param entries all entries of the host's configuration
   * @throws GraftException if a value of the configuration cannot be understood, a required plugin
   *     is refused, or Graft's own libraries cannot be read
   */
  public static Registry load(Map<String, String> entries, Host host) {
    RegistryConfiguration configuration = RegistryConfiguration.parse(entries, host.keyPrefix());
    LoadReport report;
    List<LoadedPlugin> builtIn;
    try {
      Discovery discovery = new Discovery(host, configuration);
      report = discovery.run();
      builtIn = List.of(discovery.catalog());
    } catch (IOException e) {
      throw new GraftException(
          ErrorCode.GRAFT_REALM_INVALID,
          "Graft's own libraries cannot be read: " + e + ". Install Graft again.",
          e);
    }
    List<Refusal> fatal = report.refused().stream().filter(Refusal::required).toList();
    if (!fatal.isEmpty()) {
      throw new GraftException(
          fatal.get(0).code(),
          "The server does not start, because what it requires is refused: "
              + String.join(" ", fatal.stream().map(Refusal::text).toList()));
    }
    PluginSnapshot snapshot =
        new PluginSnapshot(
            report.loaded().stream().map(LoadReport.Loaded::plugin).toList(), builtIn);
    return new Registry(
        configuration, snapshot, new Dispatcher(snapshot, report.refused()), report);
  }
}
