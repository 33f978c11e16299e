package dev.graft.registry;

import dev.graft.registry.loading.FolderState;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.settings.RegistryConfiguration;
import java.time.Instant;
import java.util.Objects;

/**
 * A configuration, loaded: what a request takes when it begins and keeps to its end, whatever the
 * server swaps in meanwhile. Immutable; safe for use by several threads.
 *
 * @param configuration what was configured
 * @param index the plugins that are ready
 * @param dispatcher asks them
 * @param report what became of the configuration
 * @param folders what lay in the plugin folders just before they were read
 * @param loaded when
 */
public record Snapshot(
    RegistryConfiguration configuration,
    PluginIndex index,
    Dispatcher dispatcher,
    LoadReport report,
    FolderState folders,
    Instant loaded) {
  public Snapshot {
    Objects.requireNonNull(configuration, "configuration");
    Objects.requireNonNull(index, "index");
    Objects.requireNonNull(dispatcher, "dispatcher");
    Objects.requireNonNull(report, "report");
    Objects.requireNonNull(folders, "folders");
    Objects.requireNonNull(loaded, "loaded");
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
}
