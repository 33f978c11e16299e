package dev.graft.registry.invoke;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.PluginAdapter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a plugin says it is for, when it is loaded.
 *
 * @param plugin the plugin in the terms of the waist
 * @param kind the kind of extension it answers
 * @param messageNames the full names of the messages it is for
 */
record PluginDescription(ExtensionPlugin plugin, ExtensionKind kind, Set<String> messageNames) {
  /**
   * Asks an instance of a plugin's class.
   *
   * @throws GraftException GRAFT_NOT_A_PLUGIN, GRAFT_DESCRIPTION_INVALID
   */
  static PluginDescription of(Object instance, Supplier<List<PluginAdapter>> adapters, Seam seam) {
    try {
      return seam.call(
          () -> {
            ExtensionPlugin plugin = adapt(instance, adapters, seam.plugin());
            ExtensionKind kind = Objects.requireNonNull(plugin.kind(), "kind() returned null");
            Set<String> names = Set.copyOf(plugin.messageNames());
            check(names, seam.plugin());
            return new PluginDescription(plugin, kind, names);
          });
    } catch (GraftException | HostFailure e) {
      throw e;
    } catch (Exception | Error e) {
      FailureText.passOnIfOfTheJvm(e);
      throw new GraftException(
          ErrorCode.GRAFT_DESCRIPTION_INVALID,
          seam.plugin().place()
              + " failed to say which messages it is for: "
              + FailureText.of(e)
              + ". Report this to the plugin's author.",
          e);
    }
  }

  private static ExtensionPlugin adapt(
      Object instance, Supplier<List<PluginAdapter>> adapters, PluginIdentity identity) {
    if (instance instanceof ExtensionPlugin plugin) {
      return plugin;
    }
    List<PluginAdapter> known = adapters.get();
    for (PluginAdapter adapter : known) {
      Optional<ExtensionPlugin> adapted = adapter.adapt(instance);
      if (adapted.isPresent()) {
        return adapted.get();
      }
    }
    throw PluginConstruction.notAPlugin(
        identity,
        known.stream().flatMap(adapter -> adapter.pluginInterfaces().keySet().stream()).toList());
  }

  private static void check(Set<String> names, PluginIdentity identity) {
    if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
      throw new GraftException(
          ErrorCode.GRAFT_DESCRIPTION_INVALID,
          identity.place()
              + " names no message, or a blank one, so nothing could ever reach it. Report this to the plugin's author.");
    }
    for (String name : names) {
      if (name.indexOf('/') >= 0) {
        // As a type URL it would stand in the index beside the name it belongs to, and the order of
        // the two be left to chance.
        throw new GraftException(
            ErrorCode.GRAFT_DESCRIPTION_INVALID,
            identity.place()
                + " names the message "
                + name
                + ", which is a type URL. Give what follows the last slash.");
      }
    }
  }
}
