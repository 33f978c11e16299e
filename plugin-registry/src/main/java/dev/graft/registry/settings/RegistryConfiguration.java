package dev.graft.registry.settings;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.spi.ExtensionKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
 * @param warnings what was not understood, each a sentence
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
    Map<String, PluginSettings> pluginSettings,
    List<String> warnings) {
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

  /** As deep as Spark reads a plan, since a client may nest its own extensions that deep. */
  public static final int DEFAULT_EXPANSION_DEPTH = 1024;

  /** Far more than a person writes, far less than what fills a server's memory. */
  public static final int DEFAULT_EXPANSION_NODES = 100_000;

  /** As much as Spark takes for a plan: 512 MiB. */
  public static final int DEFAULT_EXPANSION_BYTES = 512 << 20;

  /** Folders of plugin jars. */
  public static final String PATH = "graft.plugins.path";

  /** Which sources are read. */
  public static final String DISCOVERY = "graft.plugins.discovery";

  private static final String REQUIRED = "graft.plugins.required";
  private static final String DEPTH = "graft.limits.expansion-depth";
  private static final String NODES = "graft.limits.expansion-nodes";
  private static final String BYTES = "graft.limits.expansion-bytes";

  /** Whether clients may list the extensions. */
  public static final String CATALOG = "graft.catalog.enabled";

  private static final String REPORT = "graft.report.path";
  private static final String PLUGIN = "graft.plugin.";
  private static final String HOST_PACKAGES = "host-packages";
  private static final Pattern PACKAGE_PREFIX =
      Pattern.compile("(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*\\.)+");
  private static final Set<String> KEYS =
      Set.of(
          PATH,
          DISCOVERY,
          REQUIRED,
          DEPTH,
          NODES,
          BYTES,
          SchemaLimits.DEPTH_KEY,
          SchemaLimits.QUESTIONS_KEY,
          SchemaLimits.BYTES_KEY,
          CATALOG,
          REPORT);

  public RegistryConfiguration {
    classLists = Map.copyOf(classLists);
    pluginPath = List.copyOf(pluginPath);
    pluginSettings = Map.copyOf(pluginSettings);
    warnings = List.copyOf(warnings);
  }

  /** A key as the operator writes it: with the host's prefix. */
  public String key(String withoutPrefix) {
    return keyPrefix + withoutPrefix;
  }

  /** The key of the packages that a plugin takes from its host, as the operator writes it. */
  public String hostPackagesKey(String pluginId) {
    return key(PLUGIN + pluginId + "." + HOST_PACKAGES);
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
   * @throws GraftException with {@link ErrorCode#GRAFT_CONFIGURATION_INVALID} if a value cannot be
   *     understood
   */
  public static RegistryConfiguration parse(Map<String, String> entries, String prefix) {
    Map<String, String> known = new TreeMap<>();
    entries.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            known.put(key.substring(prefix.length()), value.strip());
          }
        });
    Map<ExtensionKind, List<String>> lists = new EnumMap<>(ExtensionKind.class);
    for (ExtensionKind kind : ExtensionKind.values()) {
      lists.put(kind, split(known.getOrDefault(classListKey(kind), "")).distinct().toList());
    }
    boolean required = flag(known, REQUIRED, false, prefix);
    return new RegistryConfiguration(
        prefix,
        lists,
        split(known.getOrDefault(PATH, "")).map(path -> path(path, prefix + PATH)).toList(),
        choice(known, prefix),
        required,
        number(known, DEPTH, DEFAULT_EXPANSION_DEPTH, prefix),
        number(known, NODES, DEFAULT_EXPANSION_NODES, prefix),
        number(known, BYTES, DEFAULT_EXPANSION_BYTES, prefix),
        schemaLimits(known, prefix),
        flag(known, CATALOG, true, prefix),
        Optional.ofNullable(known.get(REPORT)).map(path -> path(path, prefix + REPORT)),
        pluginSettings(known, required, prefix),
        warnings(known, prefix));
  }

  private static SchemaLimits schemaLimits(Map<String, String> known, String prefix) {
    return new SchemaLimits(
        number(known, SchemaLimits.DEPTH_KEY, SchemaLimits.DEFAULT_DEPTH, prefix),
        number(known, SchemaLimits.QUESTIONS_KEY, SchemaLimits.DEFAULT_QUESTIONS, prefix),
        number(known, SchemaLimits.BYTES_KEY, SchemaLimits.DEFAULT_BYTES, prefix),
        prefix);
  }

  private static Stream<String> split(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty());
  }

  private static Path path(String path, String key) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw invalid(key, path, "made of paths of this server's file system");
    }
  }

  private static Map<String, PluginSettings> pluginSettings(
      Map<String, String> known, boolean required, String prefix) {
    Map<String, Map<String, String>> byId = new TreeMap<>();
    known.forEach(
        (key, value) -> {
          if (isOfOnePlugin(key)) {
            int dot = key.indexOf('.', PLUGIN.length());
            byId.computeIfAbsent(key.substring(PLUGIN.length(), dot), id -> new TreeMap<>())
                .put(key.substring(dot + 1), value);
          }
        });
    Map<String, PluginSettings> settings = new TreeMap<>();
    byId.forEach(
        (id, own) -> {
          String idPrefix = prefix + PLUGIN + id + ".";
          boolean pluginRequired = flag(own, "required", required, idPrefix);
          boolean linkCheck = flag(own, "link-check", true, idPrefix);
          List<String> hostPackages = packages(own, HOST_PACKAGES, idPrefix);
          own.keySet().removeAll(Set.of("required", "link-check", HOST_PACKAGES));
          settings.put(id, new PluginSettings(pluginRequired, linkCheck, hostPackages, own));
        });
    return settings;
  }

  private static boolean isOfOnePlugin(String key) {
    return key.startsWith(PLUGIN) && key.indexOf('.', PLUGIN.length()) > 0;
  }

  private static List<String> warnings(Map<String, String> known, String prefix) {
    List<String> warnings = new ArrayList<>();
    for (String key : known.keySet()) {
      if (key.startsWith("graft.") && !KEYS.contains(key) && !isOfOnePlugin(key)) {
        List<String> closest = ClientText.closest(key, KEYS);
        warnings.add(
            "There is no setting "
                + prefix
                + key
                + (closest.isEmpty() ? "." : "; did you mean " + prefix + closest.get(0) + "?"));
      }
    }
    return warnings;
  }

  private static Discovery choice(Map<String, String> known, String prefix) {
    String value = known.getOrDefault(DISCOVERY, "classes");
    for (Discovery discovery : Discovery.values()) {
      if (discovery.name().toLowerCase(Locale.ROOT).equals(value)) {
        return discovery;
      }
    }
    throw invalid(prefix + DISCOVERY, value, "classes, services or both");
  }

  private static boolean flag(
      Map<String, String> known, String key, boolean byDefault, String prefix) {
    String value = known.getOrDefault(key, Boolean.toString(byDefault));
    if (!value.equals("true") && !value.equals("false")) {
      throw invalid(prefix + key, value, "true or false");
    }
    return Boolean.parseBoolean(value);
  }

  private static List<String> packages(Map<String, String> known, String key, String prefix) {
    List<String> packages = split(known.getOrDefault(key, "")).distinct().toList();
    for (String name : packages) {
      if (!PACKAGE_PREFIX.matcher(name).matches()) {
        throw invalid(
            prefix + key, name, "made of packages such as org.example. with the dot at the end");
      }
    }
    return packages;
  }

  private static int number(Map<String, String> known, String key, int byDefault, String prefix) {
    String value = known.get(key);
    if (value == null) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the refusal, which says what is wanted
    }
    throw invalid(prefix + key, value, "a whole number from 1 to " + Integer.MAX_VALUE);
  }

  private static GraftException invalid(String key, String value, String wanted) {
    return new GraftException(
        ErrorCode.GRAFT_CONFIGURATION_INVALID,
        key + " is '" + ClientText.quote(value) + "'; it must be " + wanted + ".");
  }
}
