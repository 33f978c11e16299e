package dev.graft.registry.settings;

import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.spi.ExtensionKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the operator has configured, checked.
 *
 * @param keyPrefix what the host's keys begin with
 * @param classLists the class names of each kind, in configured order
 * @param pluginPath the folders that hold plugin jars, or jars
 * @param discovery where class names come from
 * @param watch how often the plugin folders are looked at for changes; zero for never
 * @param trust which jars are loaded
 * @param required whether the server must not start without every configured plugin, unless a
 *     plugin's own setting says otherwise
 * @param expansionDepth how many answers may stand inside one another
 * @param expansionNodes how many nodes the answers of one request may hold together
 * @param expansionBytes how many bytes the answers of one request may hold together
 * @param schemaLimits how much the plugins of one request may ask about schemas
 * @param loadingLimit how long a plugin may take for each step of being loaded
 * @param catalog whether clients are told which extensions there are
 * @param reportPath where the load report is to be written besides the log
 * @param sessions what clients may add to their sessions
 * @param admin where operators reach the server
 * @param pluginSettings the settings of each plugin, by plugin id
 */
public record RegistryConfiguration(
    String keyPrefix,
    Map<ExtensionKind, List<String>> classLists,
    List<Path> pluginPath,
    Discovery discovery,
    Duration watch,
    PluginTrust trust,
    boolean required,
    int expansionDepth,
    int expansionNodes,
    int expansionBytes,
    SchemaLimits schemaLimits,
    Duration loadingLimit,
    boolean catalog,
    Optional<Path> reportPath,
    SessionSettings sessions,
    AdminSettings admin,
    Map<String, PluginSettings> pluginSettings) {
  /** Where class names come from. */
  public enum Discovery {
    /** The class lists alone. */
    CLASSES,
    /** The services files in the plugin jars alone. */
    SERVICES,
    /** The class lists, then what services files add to them. */
    BOTH
  }

  /**
   * One plugin's settings.
   *
   * @param required whether the server must not start without it
   * @param linkCheck whether its references are checked before it is loaded
   * @param hostPackages prefixes of class names, each ending with a dot, that it takes from the
   *     host's class path rather than from its own jar
   * @param own what the plugin itself is given
   */
  public record PluginSettings(
      boolean required, boolean linkCheck, List<String> hostPackages, Map<String, String> own) {
    public PluginSettings {
      hostPackages = List.copyOf(hostPackages);
      own = Map.copyOf(own);
    }

    /** A plugin that has no settings of its own. */
    public static PluginSettings general(boolean required) {
      return new PluginSettings(required, true, List.of(), Map.of());
    }
  }

  /** Folders of plugin jars. */
  public static final String PATH = RegistryKeys.PLUGINS.key();

  /** Which sources are read. */
  public static final String DISCOVERY = RegistryKeys.SOURCES.key();

  /** How long a plugin may take to be loaded. */
  public static final String LOADING = RegistryKeys.LOADING.key();

  /** Whether clients may list the extensions. */
  public static final String CATALOG = RegistryKeys.LISTED.key();

  public RegistryConfiguration {
    classLists = Map.copyOf(classLists);
    pluginPath = List.copyOf(pluginPath);
    pluginSettings = Map.copyOf(pluginSettings);
  }

  /** The files and folders on which it depends what is loaded. */
  public List<Path> watched() {
    return Stream.concat(pluginPath.stream(), trust.files()).toList();
  }

  /** A key as the operator writes it: with the host's prefix. */
  public String key(String withoutPrefix) {
    return keyPrefix + withoutPrefix;
  }

  /** The key of the packages that a plugin takes from its host, as the operator writes it. */
  public String hostPackagesKey(String pluginId) {
    return key(RegistryKeys.PLUGIN + pluginId + "." + RegistryKeys.HOST_PACKAGES.key());
  }

  /** The key of a kind's class list, without the host's prefix. */
  public static String classListKey(ExtensionKind kind) {
    return RegistryKeys.listKey(kind);
  }

  /**
   * What can be set, for the documents: a table in Markdown.
   *
   * @param prefix what the host's keys begin with
   */
  public static String table(String prefix) {
    return RegistryKeys.table(prefix);
  }

  /** The settings of a plugin; the general ones where it has none of its own. */
  public PluginSettings settingsOf(String pluginId) {
    return pluginSettings.getOrDefault(pluginId, PluginSettings.general(required));
  }

  /**
   * Reads the configuration.
   *
   * @param entries all entries of the host's configuration, not only Graft's
   * @param prefix what the host's keys begin with: {@code spark.} inside Spark, empty in a gateway
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if there is a key that nobody reads, or a
   *     value cannot be understood
   */
  public static RegistryConfiguration parse(Map<String, String> entries, String prefix) {
    SettingsReader reader = new SettingsReader(entries, prefix);
    reader.refuseUnknown("graft.", RegistryKeys.SETTINGS, RegistryConfiguration::isOfOnePlugin);
    Map<ExtensionKind, List<String>> lists = new EnumMap<>(ExtensionKind.class);
    RegistryKeys.LISTS.forEach((kind, list) -> lists.put(kind, reader.get(list)));
    boolean required = reader.get(RegistryKeys.REQUIRED);
    return new RegistryConfiguration(
        prefix,
        lists,
        reader.get(RegistryKeys.PLUGINS),
        reader.get(RegistryKeys.SOURCES),
        reader.get(RegistryKeys.WATCH),
        PluginTrust.of(reader),
        required,
        reader.get(RegistryKeys.EXPANSION_DEPTH),
        reader.get(RegistryKeys.EXPANSION_NODES),
        reader.get(RegistryKeys.EXPANSION_BYTES),
        new SchemaLimits(
            reader.get(RegistryKeys.SCHEMA_DEPTH),
            reader.get(RegistryKeys.SCHEMA_QUESTIONS),
            reader.get(RegistryKeys.SCHEMA_BYTES),
            prefix),
        reader.get(RegistryKeys.LOADING),
        reader.get(RegistryKeys.LISTED),
        reader.get(RegistryKeys.REPORT),
        SessionSettings.of(reader),
        AdminSettings.of(reader),
        pluginSettings(entries, prefix + RegistryKeys.PLUGIN, required));
  }

  /**
   * That of a session: what the services files of its jars name, without the settings that the
   * operator has given plugins of the server.
   */
  public RegistryConfiguration ofSession(List<Path> jars) {
    return new RegistryConfiguration(
        keyPrefix,
        Map.of(),
        jars,
        Discovery.SERVICES,
        Duration.ZERO,
        PluginTrust.NONE, // they have been let in
        false,
        expansionDepth,
        expansionNodes,
        expansionBytes,
        schemaLimits,
        loadingLimit,
        catalog,
        Optional.empty(),
        sessions,
        AdminSettings.OFF,
        Map.of());
  }

  private static boolean isOfOnePlugin(String key) {
    return key.startsWith(RegistryKeys.PLUGIN)
        && key.indexOf('.', RegistryKeys.PLUGIN.length()) > 0;
  }

  private static Map<String, PluginSettings> pluginSettings(
      Map<String, String> entries, String prefix, boolean required) {
    Map<String, Map<String, String>> byId = new TreeMap<>();
    entries.forEach(
        (key, value) -> {
          int dot = key.startsWith(prefix) ? key.indexOf('.', prefix.length()) : -1;
          if (dot > 0) {
            byId.computeIfAbsent(key.substring(prefix.length(), dot), id -> new TreeMap<>())
                .put(key.substring(dot + 1), value.strip());
          }
        });
    Map<String, PluginSettings> settings = new TreeMap<>();
    byId.forEach(
        (id, own) -> {
          SettingsReader reader = new SettingsReader(entries, prefix + id + ".");
          RegistryKeys.OF_PLUGIN.forEach(setting -> own.remove(setting.key()));
          settings.put(
              id,
              new PluginSettings(
                  reader.get(RegistryKeys.PLUGIN_REQUIRED, required),
                  reader.get(RegistryKeys.LINK_CHECK),
                  reader.get(RegistryKeys.HOST_PACKAGES),
                  own));
        });
    return settings;
  }
}
