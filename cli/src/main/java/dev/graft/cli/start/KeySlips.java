package dev.graft.cli.start;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spi.ExtensionKind;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Keys that look like those of Spark's lists of plugins and are none. Spark passes over keys that
 * it does not know, so that nothing would be loaded and nobody told.
 */
public final class KeySlips {
  private static final String LISTS = "connect.extensions.";

  private KeySlips() {}

  /**
   * A warning for each.
   *
   * @param prefix what keys begin with: {@code spark.}, or nothing in a gateway
   */
  public static List<String> of(Collection<String> keys, String prefix) {
    List<String> known =
        Arrays.stream(ExtensionKind.values())
            .map(kind -> prefix + RegistryConfiguration.classListKey(kind))
            .toList();
    return keys.stream()
        .filter(key -> key.startsWith(prefix + LISTS) && !known.contains(key))
        .sorted()
        .map(
            key -> {
              List<String> closest = ClientText.closest(key, known);
              return "Nobody reads "
                  + ClientText.quote(key)
                  + (closest.isEmpty()
                      ? ". The lists of plugins are " + String.join(", ", known) + "."
                      : "; did you mean " + closest.get(0) + "?");
            })
        .toList();
  }
}
