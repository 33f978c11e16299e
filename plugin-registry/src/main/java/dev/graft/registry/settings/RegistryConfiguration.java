package dev.graft.registry.settings;

import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.spi.ExtensionKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the operator has configured, checked.
 *
 * @param keyPrefix what the host's keys begin with
 * @param classLists the class names of each kind, in configured order
 * @param pluginPath the folders that hold plugin jars, or jars
 * @param discovery where class names come from
 * @param required whether the server must not start without every configured plugin, unless a
 *     plugin's own setting says otherwise
 * @param expansionDepth how deep answers may hold extensions whose answers hold extensions
 * @param expansionNodes how many nodes the answers of one request may hold together
 * @param expansionBytes how many bytes the answers of one request may hold together
 * @param schemaLimits how much the plugins of one request may ask about schemas
 * @param catalog whether clients are told which extensions there are
 * @param reportPath where the load report is to be written besides the log
 * @param pluginSettings the settings of each plugin, by plugin id
 */
public record RegistryConfiguration(
    String keyPrefix,
    Map<ExtensionKind, List<String>> classLists,
    List<Path> pluginPath,
    Discovery discovery,
    boolean required,
    int expansionDepth,
    int expansionNodes,
    int expansionBytes,
    SchemaLimits schemaLimits,
    boolean catalog,
    Optional<Path> reportPath,
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

  /** Spark's own keys: plugin classes of a kind, tried in this order. */
  private static final Map<ExtensionKind, Setting<List<String>>> LISTS =
      Arrays.stream(ExtensionKind.values())
          .collect(
              Collectors.toMap(
                  kind -> kind,
                  kind ->
                      Setting.names(
                          classListKey(kind),
                          "Spark's own key: plugin classes for "
                              + kind.word()
                              + " extensions, tried in this order. Graft plugins and plugins of Spark's own interfaces may stand in one list")));

  private static final Setting<List<Path>> PLUGINS =
      Setting.files(
          "graft.plugins.path",
          "folders of plugin jars, or jars, separated by commas; each jar, or folder of jars, gets a class loader of its own");
  private static final Setting<Discovery> SOURCES =
      Setting.choice(
          "graft.plugins.discovery",
          "`classes`: the lists alone; `services`: what the jars' `META-INF/services` name; `both`",
          Discovery.CLASSES);
  private static final Setting<Boolean> REQUIRED =
      Setting.flag(
          "graft.plugins.required",
          "whether the server must not start without every plugin",
          false);

  /** As deep as Spark reads a plan, since a client may nest its own extensions that deep. */
  private static final Setting<Integer> EXPANSION_DEPTH =
      limit("graft.limits.expansion-depth", "how many answers may stand inside one another", 1024);

  /** Far more than a person writes, far less than what fills a server's memory. */
  private static final Setting<Integer> EXPANSION_NODES =
      limit(
          "graft.limits.expansion-nodes",
          "how many nodes the answers of one request may hold",
          100_000);

  /** As much as Spark takes for a plan: 512 MiB. */
  private static final Setting<Integer> EXPANSION_BYTES =
      limit("graft.limits.expansion-bytes", "how many bytes they may hold", 512 << 20);

  private static final Setting<Integer> SCHEMA_DEPTH =
      limit(
          SchemaLimits.DEPTH_KEY,
          "how many questions for the columns of a relation may be inside one another",
          SchemaLimits.DEFAULT_DEPTH);
  private static final Setting<Integer> SCHEMA_QUESTIONS =
      limit(
          SchemaLimits.QUESTIONS_KEY,
          "how many relations the plugins of a request may ask about",
          SchemaLimits.DEFAULT_QUESTIONS);
  private static final Setting<Integer> SCHEMA_BYTES =
      limit(
          SchemaLimits.BYTES_KEY,
          "how many bytes those schemas may hold",
          SchemaLimits.DEFAULT_BYTES);
  private static final Setting<Boolean> LISTED =
      Setting.flag(
          "graft.catalog.enabled",
          "whether clients may list the extensions, with their documentation and descriptors",
          true);
  private static final Setting<Optional<Path>> REPORT =
      Setting.file("graft.report.path", "a file for the load report, which the log has anyway");

  private static final String PLUGIN = "graft.plugin.";
  private static final Setting<Boolean> PLUGIN_REQUIRED =
      Setting.flag("required", "whether the server must not start without this plugin", false)
          .showing("as `graft.plugins.required`");
  private static final Setting<Boolean> LINK_CHECK =
      Setting.flag(
          "link-check",
          "whether the plugin's references are checked against the running Spark and its own jars before it is loaded",
          true);
  private static final Pattern PACKAGE_PREFIX =
      Pattern.compile("(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*\\.)+");
  private static final Setting<List<String>> HOST_PACKAGES =
      Setting.of(
          "host-packages",
          "packages, each ending with a dot and separated by commas, whose classes the plugin takes from the server's class path, such as those of a library that is there by `--jars`",
          List.of(),
          "–",
          "made of packages such as org.example. with the dot at the end",
          value -> {
            List<String> packages = Setting.split(value).distinct().toList();
            return packages.stream().allMatch(PACKAGE_PREFIX.asMatchPredicate())
                ? Optional.of(packages)
                : Optional.empty();
          });

  /** The keys that any host has. */
  private static final List<Setting<?>> SETTINGS =
      List.of(
          PLUGINS,
          SOURCES,
          REQUIRED,
          EXPANSION_DEPTH,
          EXPANSION_NODES,
          EXPANSION_BYTES,
          SCHEMA_DEPTH,
          SCHEMA_QUESTIONS,
          SCHEMA_BYTES,
          LISTED,
          REPORT);

  /** The keys of one plugin. */
  private static final List<Setting<?>> OF_PLUGIN =
      List.of(PLUGIN_REQUIRED, LINK_CHECK, HOST_PACKAGES);

  private static Setting<Integer> limit(String key, String meaning, int byDefault) {
    return Setting.number(key, meaning, byDefault, 1, Integer.MAX_VALUE);
  }

  /** Folders of plugin jars. */
  public static final String PATH = PLUGINS.key();

  /** Which sources are read. */
  public static final String DISCOVERY = SOURCES.key();

  /** Whether clients may list the extensions. */
  public static final String CATALOG = LISTED.key();

  public RegistryConfiguration {
    classLists = Map.copyOf(classLists);
    pluginPath = List.copyOf(pluginPath);
    pluginSettings = Map.copyOf(pluginSettings);
  }

  /** A key as the operator writes it: with the host's prefix. */
  public String key(String withoutPrefix) {
    return keyPrefix + withoutPrefix;
  }

  /** The key of the packages that a plugin takes from its host, as the operator writes it. */
  public String hostPackagesKey(String pluginId) {
    return key(PLUGIN + pluginId + "." + HOST_PACKAGES.key());
  }

  /** The key of a kind's class list, without the host's prefix. */
  public static String classListKey(ExtensionKind kind) {
    return "connect.extensions." + kind.word() + ".classes";
  }

  /** The settings of a plugin; the general ones where it has none of its own. */
  public PluginSettings settingsOf(String pluginId) {
    return pluginSettings.getOrDefault(pluginId, PluginSettings.general(required));
  }

  /**
   * Reads the configuration.
   *
   * @param entries all entries of the host's configuration, others among them
   * @param prefix what the host's keys begin with: {@code spark.} inside Spark, empty in a gateway
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if there is a key that nobody reads, or a
   *     value cannot be understood
   */
  public static RegistryConfiguration parse(Map<String, String> entries, String prefix) {
    SettingsReader reader = new SettingsReader(entries, prefix);
    reader.refuseUnknown("graft.", SETTINGS, RegistryConfiguration::isOfOnePlugin);
    Map<ExtensionKind, List<String>> lists = new EnumMap<>(ExtensionKind.class);
    LISTS.forEach((kind, list) -> lists.put(kind, reader.get(list)));
    boolean required = reader.get(REQUIRED);
    return new RegistryConfiguration(
        prefix,
        lists,
        reader.get(PLUGINS),
        reader.get(SOURCES),
        required,
        reader.get(EXPANSION_DEPTH),
        reader.get(EXPANSION_NODES),
        reader.get(EXPANSION_BYTES),
        new SchemaLimits(
            reader.get(SCHEMA_DEPTH),
            reader.get(SCHEMA_QUESTIONS),
            reader.get(SCHEMA_BYTES),
            prefix),
        reader.get(LISTED),
        reader.get(REPORT),
        pluginSettings(entries, prefix + PLUGIN, required));
  }

  private static boolean isOfOnePlugin(String key) {
    return key.startsWith(PLUGIN) && key.indexOf('.', PLUGIN.length()) > 0;
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
          OF_PLUGIN.forEach(setting -> own.remove(setting.key()));
          settings.put(
              id,
              new PluginSettings(
                  reader.get(PLUGIN_REQUIRED, required),
                  reader.get(LINK_CHECK),
                  reader.get(HOST_PACKAGES),
                  own));
        });
    return settings;
  }

  /**
   * The keys for the documents, in Markdown.
   *
   * @param prefix what the host's keys begin with
   */
  public static String table(String prefix) {
    List<Setting<?>> settings = new ArrayList<>();
    for (ExtensionKind kind : ExtensionKind.values()) {
      settings.add(Objects.requireNonNull(LISTS.get(kind)));
    }
    settings.addAll(SETTINGS);
    return Setting.table(prefix, settings)
        + Setting.rows(prefix + PLUGIN + "<id>.", OF_PLUGIN)
        + "| `"
        + prefix
        + PLUGIN
        + "<id>.*` | anything else is the plugin's own, and reaches it as `context.settings()` | – |\n";
  }
}
