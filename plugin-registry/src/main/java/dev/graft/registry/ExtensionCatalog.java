package dev.graft.registry;

import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.spi.LoadedExtension;
import dev.graft.spi.MessageDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What plugins tell of themselves. They are asked when the list is first wanted, not when the
 * server starts, which this would delay; then the list is kept. Safe for use by several threads.
 */
public final class ExtensionCatalog {
  private static final Pattern WORD_ENDS = Pattern.compile("([a-z0-9])([A-Z])");
  private static final Pattern LAST_OF_CAPITALS = Pattern.compile("([A-Z])([A-Z][a-z])");

  private final List<LoadedPlugin> plugins;
  private volatile @Nullable List<LoadedExtension> extensions;

  ExtensionCatalog(List<LoadedPlugin> plugins) {
    this.plugins = List.copyOf(plugins);
  }

  /** One for each message of each plugin: plugins in the order given, their messages by name. */
  List<LoadedExtension> extensions() {
    List<LoadedExtension> known = extensions;
    return known == null ? ask() : known;
  }

  private synchronized List<LoadedExtension> ask() {
    List<LoadedExtension> known = extensions;
    if (known == null) {
      known = new ArrayList<>();
      for (LoadedPlugin plugin : plugins) {
        for (String message : plugin.messageNames().stream().sorted().toList()) {
          known.add(extension(plugin, message));
        }
      }
      known = List.copyOf(known);
      extensions = known;
    }
    return known;
  }

  /** What one plugin tells of one message. */
  static LoadedExtension extension(LoadedPlugin plugin, String message) {
    MessageDescription description = plugin.description(message);
    return new LoadedExtension(
        plugin.kind(),
        description.name().isEmpty() ? nameOf(message) : description.name(),
        message,
        plugin.className(),
        plugin.origin().fileName(),
        plugin.origin().version(),
        description.documentation(),
        description.descriptorSet());
  }

  /**
   * A message's own name in lower_snake_case: what clients call an extension that names itself not
   * otherwise.
   */
  public static String nameOf(String message) {
    String simple = message.substring(message.lastIndexOf('.') + 1);
    String apart = LAST_OF_CAPITALS.matcher(simple).replaceAll("$1_$2");
    return WORD_ENDS.matcher(apart).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
