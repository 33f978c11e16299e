package dev.graft.servers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings that a server starts with: those asked for win over the installation's own, and
 * these over Graft's defaults.
 */
final class ServerSettings {
  static final String MASTER = "spark.master";
  static final String PORT = "spark.connect.grpc.binding.port";
  static final String ADDRESS = "spark.connect.grpc.binding.address";
  static final String REPORT = "spark.graft.report.path";
  static final String LOOPBACK = "127.0.0.1";

  private static final String PLUGINS = "spark.plugins";
  private static final String GRAFT = "dev.graft.spark.GraftPlugin";
  private static final String JARS = "spark.jars";

  private final Map<String, String> settings;

  private ServerSettings(Map<String, String> settings) {
    this.settings = settings;
  }

  /**
   * Puts the settings together.
   *
   * @param shipped jars that executors need too: Spark makes its plugins there as well
   */
  static ServerSettings of(
      SparkRuntime runtime, Map<String, String> asked, int port, List<Path> shipped, Path folder) {
    Map<String, String> settings = new TreeMap<>(runtime.defaults());
    settings.putAll(asked);
    settings.putIfAbsent("spark.app.name", "Spark Connect server with Graft");
    settings.putIfAbsent(REPORT, folder.resolve("load-report.txt").toString());
    settings.merge(
        PLUGINS,
        GRAFT,
        (others, graft) -> names(others).anyMatch(graft::equals) ? others : graft + "," + others);
    return complete(runtime, settings, port, shipped);
  }

  /** The settings of a server that has nothing of Graft in it. */
  static ServerSettings withoutGraft(
      SparkRuntime runtime, Map<String, String> asked, int port, List<Path> shipped) {
    Map<String, String> settings = new TreeMap<>(runtime.defaults());
    settings.putAll(asked);
    settings.putIfAbsent("spark.app.name", "Spark Connect server");
    return complete(runtime, settings, port, shipped);
  }

  private static ServerSettings complete(
      SparkRuntime runtime, Map<String, String> settings, int port, List<Path> shipped) {
    settings.putIfAbsent(MASTER, "local[*]");
    settings.putIfAbsent("spark.ui.enabled", "false");
    settings.put(PORT, Integer.toString(port));
    if (runtime.choosesAddress()) {
      settings.putIfAbsent(ADDRESS, LOOPBACK);
    }
    if (isLocal(settings.getOrDefault(MASTER, ""))) {
      settings.putIfAbsent("spark.driver.bindAddress", LOOPBACK);
      settings.putIfAbsent("spark.driver.host", LOOPBACK);
    } else if (!shipped.isEmpty()) {
      String jars = shipped.stream().map(Path::toString).collect(Collectors.joining(","));
      settings.merge(JARS, jars, (others, ours) -> others.isBlank() ? ours : ours + "," + others);
    }
    return new ServerSettings(settings);
  }

  private static Stream<String> names(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip);
  }

  /** Whether everything runs in the driver's process; {@code local-cluster[…]} does not. */
  private static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  Map<String, String> asMap() {
    return Map.copyOf(settings);
  }

  Path report() {
    return Path.of(settings.getOrDefault(REPORT, ""));
  }

  /** Where a client on this machine reaches the server. */
  String host() {
    String address = settings.getOrDefault(ADDRESS, LOOPBACK);
    return address.equals("0.0.0.0") || address.equals("::") ? LOOPBACK : address;
  }

  /**
   * The driver's heap as Java takes it; Spark takes a number without a unit for mebibytes, and
   * {@code gb} for {@code g}.
   */
  String heap() {
    String memory =
        settings.getOrDefault("spark.driver.memory", "1g").strip().replaceFirst("(?i)b$", "");
    return memory.matches("\\d+") ? memory + "m" : memory;
  }

  /** The entries that the driver's class path begins with. */
  List<String> driverClassPath() {
    String paths = settings.getOrDefault("spark.driver.extraClassPath", "");
    return paths.isBlank() ? List.of() : List.of(paths);
  }

  /** Further options for the driver's JVM, separated by blanks. */
  List<String> driverJavaOptions() {
    return Arrays.stream(
            settings.getOrDefault("spark.driver.extraJavaOptions", "").split("\\s+", -1))
        .filter(option -> !option.isEmpty())
        .toList();
  }
}
