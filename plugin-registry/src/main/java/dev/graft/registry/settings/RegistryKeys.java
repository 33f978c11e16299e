package dev.graft.registry.settings;

import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.spi.ExtensionKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings that every host has. */
final class RegistryKeys {
  /** Spark's own keys: plugin classes of a kind, tried in this order. */
  static final Map<ExtensionKind, Setting<List<String>>> LISTS =
      Arrays.stream(ExtensionKind.values())
          .collect(
              Collectors.toMap(
                  kind -> kind,
                  kind ->
                      Setting.names(
                          listKey(kind),
                          "Spark's own key: plugin classes for "
                              + kind.word()
                              + " extensions, tried in this order. Graft plugins and plugins of Spark's own interfaces may stand in one list")));

  static final Setting<List<Path>> PLUGINS =
      Setting.files(
          "graft.plugins.path",
          "folders of plugin jars, or jars, separated by commas; each jar, or folder of jars, gets a class loader of its own");
  static final Setting<RegistryConfiguration.Discovery> SOURCES =
      Setting.choice(
          "graft.plugins.discovery",
          "`classes`: the lists alone; `services`: what the jars' `META-INF/services` name; `both`",
          RegistryConfiguration.Discovery.CLASSES);
  static final Setting<Duration> WATCH =
      Setting.seconds(
              "graft.plugins.watch",
              "how often, in seconds, the folders are looked at; when they have changed, the plugins are loaded again and serve the requests that begin then",
              Duration.ZERO,
              0,
              86_400)
          .showing("0: never");
  static final Setting<Boolean> REQUIRED =
      Setting.flag(
          "graft.plugins.required",
          "whether the server must not start without every plugin",
          false);

  static final Setting<PluginTrust.Verify> VERIFY =
      Setting.choice(
          "graft.plugins.verify",
          "which jars are loaded: `off`: all; `listed`: those that `graft.plugins.list` names; `signed`: those of which `graft.plugins.signers` signed every entry. Folders of class files are then refused",
          PluginTrust.Verify.OFF);
  static final Setting<Optional<Path>> PLUGIN_LIST =
      Setting.file(
          "graft.plugins.list",
          "a file of SHA-256 digests of jars, as `sha256sum` writes it; read each time when plugins are loaded");
  static final Setting<Optional<Path>> PLUGIN_SIGNERS =
      Setting.file(
          "graft.plugins.signers",
          "a PEM file with the certificates of those whose signatures, or whose authorities, are believed; read each time when plugins are loaded");

  /** As deep as Spark reads a plan, since a client may nest its own extensions that deep. */
  static final Setting<Integer> EXPANSION_DEPTH =
      limit("graft.limits.expansion-depth", "how many answers may stand inside one another", 1024);

  /** Far more than a person writes, far less than what fills a server's memory. */
  static final Setting<Integer> EXPANSION_NODES =
      limit(
          "graft.limits.expansion-nodes",
          "how many nodes the answers of one request may hold",
          100_000);

  /** As much as Spark takes for a plan: 512 MiB. */
  static final Setting<Integer> EXPANSION_BYTES =
      limit("graft.limits.expansion-bytes", "how many bytes they may hold", 512 << 20);

  static final Setting<Integer> SCHEMA_DEPTH =
      limit(
          SchemaLimits.DEPTH_KEY,
          "how many questions for the columns of a relation may be inside one another",
          SchemaLimits.DEFAULT_DEPTH);
  static final Setting<Integer> SCHEMA_QUESTIONS =
      limit(
          SchemaLimits.QUESTIONS_KEY,
          "how many relations the plugins of a request may ask about",
          SchemaLimits.DEFAULT_QUESTIONS);
  static final Setting<Integer> SCHEMA_BYTES =
      limit(
          SchemaLimits.BYTES_KEY,
          "how many bytes those schemas may hold",
          SchemaLimits.DEFAULT_BYTES);
  static final Setting<Duration> LOADING =
      Setting.seconds(
          "graft.limits.loading-seconds",
          "how long a plugin may take to be constructed, to say what it is for, and to close; one that takes longer is refused, and the server starts without it",
          Duration.ofSeconds(60),
          1,
          3_600);
  static final Setting<Boolean> LISTED =
      Setting.flag(
          "graft.catalog.enabled",
          "whether clients may list the extensions, with their documentation and descriptors, and see what came of calls",
          true);
  static final Setting<Optional<Path>> REPORT =
      Setting.file("graft.report.path", "a file for the load report, which the log has anyway");

  static final Setting<SessionSettings.Trust> SESSIONS =
      Setting.choice(
          "graft.sessions.plugins",
          "which plugin jars that a client adds to its session are used there: `off`: none; `listed`: those that `graft.sessions.list` names; `signed`: those of which `graft.sessions.signers` signed every entry; `any`: all",
          SessionSettings.Trust.OFF);
  static final Setting<Optional<Path>> SESSION_LIST =
      Setting.file(
          "graft.sessions.list",
          "a file of SHA-256 digests of jars, as `sha256sum` writes it; read again when it changes");
  static final Setting<Optional<Path>> SESSION_SIGNERS =
      Setting.file(
          "graft.sessions.signers",
          "a PEM file with the certificates of those whose signatures, or whose authorities, are believed");
  static final Setting<Boolean> SESSION_REPLACE =
      Setting.flag(
          "graft.sessions.replace",
          "whether a session's plugin may take a message from the server's, for development",
          false);
  static final Setting<Integer> SESSION_JAR_BYTES =
      limit("graft.sessions.jar-bytes", "how large a jar of a session may be", 64 << 20);
  static final Setting<Integer> SESSION_JARS =
      limit("graft.sessions.jars", "how many plugin jars a session may have", 16);
  static final Setting<Integer> ALL_SESSION_JARS =
      limit("graft.sessions.all-jars", "how many all sessions may have together", 1_000);
  static final Setting<Integer> ALL_SESSION_BYTES =
      limit("graft.sessions.all-bytes", "how large all of them may be together", 1 << 30);

  static final Setting<Duration> SESSION_IDLE =
      Setting.seconds(
          "graft.sessions.idle-seconds",
          "how long a gateway keeps the jars of a session of which it hears nothing; inside Spark the server says when a session is over",
          Duration.ofHours(2),
          1,
          2_592_000);

  static final Setting<Optional<Integer>> ADMIN_PORT =
      Setting.number(
              "graft.admin.port",
              "a port for operators: status, metrics, `./graft plugins` and `./graft reload`; 0 takes a free one",
              0,
              0,
              65_535)
          .orNone();
  static final Setting<String> ADMIN_HOST =
      Setting.text("graft.admin.host", "the address it listens on", "127.0.0.1")
          .showing("`127.0.0.1`: this machine only");
  static final Setting<Optional<Path>> ADMIN_TOKENS =
      Setting.file(
          "graft.admin.token-file",
          "a file of tokens, one a line, of which operators must show one; read anew for each request. Needed where others than this machine reach the port");

  static final String PLUGIN = "graft.plugin.";
  static final Setting<Boolean> PLUGIN_REQUIRED =
      Setting.flag("required", "whether the server must not start without this plugin", false)
          .showing("as `graft.plugins.required`");
  static final Setting<Boolean> LINK_CHECK =
      Setting.flag(
          "link-check",
          "whether the plugin's references are checked against the running Spark and its own jars before it is loaded",
          true);
  static final Pattern PACKAGE_PREFIX =
      Pattern.compile("(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*\\.)+");
  static final Setting<List<String>> HOST_PACKAGES =
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
  static final List<Setting<?>> SETTINGS =
      List.of(
          PLUGINS,
          SOURCES,
          WATCH,
          VERIFY,
          PLUGIN_LIST,
          PLUGIN_SIGNERS,
          REQUIRED,
          EXPANSION_DEPTH,
          EXPANSION_NODES,
          EXPANSION_BYTES,
          SCHEMA_DEPTH,
          SCHEMA_QUESTIONS,
          SCHEMA_BYTES,
          LOADING,
          LISTED,
          REPORT,
          SESSIONS,
          SESSION_LIST,
          SESSION_SIGNERS,
          SESSION_REPLACE,
          SESSION_JAR_BYTES,
          SESSION_JARS,
          ALL_SESSION_JARS,
          ALL_SESSION_BYTES,
          SESSION_IDLE,
          ADMIN_PORT,
          ADMIN_HOST,
          ADMIN_TOKENS);

  /** The keys of one plugin. */
  static final List<Setting<?>> OF_PLUGIN = List.of(PLUGIN_REQUIRED, LINK_CHECK, HOST_PACKAGES);

  static String listKey(ExtensionKind kind) {
    return "connect.extensions." + kind.word() + ".classes";
  }

  private static Setting<Integer> limit(String key, String meaning, int byDefault) {
    return Setting.number(key, meaning, byDefault, 1, Integer.MAX_VALUE);
  }

  private RegistryKeys() {}

  /**
   * The keys for the documents, in Markdown.
   *
   * @param prefix what the host's keys begin with
   */
  static String table(String prefix) {
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
