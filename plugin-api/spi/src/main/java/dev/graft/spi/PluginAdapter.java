package dev.graft.spi;

import java.util.Map;
import java.util.Optional;

/**
 * Turns plugins written against a realm's typed interfaces into {@link ExtensionPlugin}s.
 *
 * <p>An adapter is compiled once and defined anew in every realm, by a {@code
 * META-INF/services/dev.graft.spi.PluginAdapter} entry, so that it speaks the realm's own protobuf
 * classes. Adapters must be safe for use by several threads.
 */
public interface PluginAdapter {
  /**
   * The plugin interfaces this adapter understands, by class name, with the kind of extension each
   * answers.
   */
  Map<String, ExtensionKind> pluginInterfaces();

  /**
   * The plugin in the terms of the waist, or empty where {@code plugin} implements none of this
   * adapter's interfaces.
   */
  Optional<ExtensionPlugin> adapt(Object plugin);
}
