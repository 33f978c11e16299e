package dev.graft.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Spark that is there to be run.
 *
 * @param version such as {@code 4.2.0}
 * @param classPath its jars, and folders of configuration, in order
 * @param defaults the settings that it brings along: those of an installation's {@code
 *     spark-defaults.conf}
 * @param home the installation; empty where the jars are Maven's
 */
public record SparkRuntime(
    String version, List<Path> classPath, Map<String, String> defaults, Optional<Path> home) {
  private static final Pattern CONNECT =
      Pattern.compile("spark-connect_2\\.\\d+-(\\d+\\.\\d+\\.\\d+.*)\\.jar");
  private static final Pattern CORE =
      Pattern.compile("spark-core_(2\\.\\d+)-(\\d+\\.\\d+\\.\\d+.*)\\.jar");

  public SparkRuntime {
    classPath = List.copyOf(classPath);
    defaults = Map.copyOf(defaults);
  }

  /**
   * A line from Maven. The first time, Maven is called and may download some 350 MB; later the
   * cache answers, as long as all jars are where they were.
   *
   * @throws LaunchException with {@link LaunchException.Code#RESOLUTION_FAILED}
   */
  public static SparkRuntime ofLine(SparkLine line, ClassPathCache cache, Progress progress) {
    List<Path> jars = cache.get(line, () -> new MavenClassPath(line, progress).resolve());
    return new SparkRuntime(line.version(), jars, Map.of(), Optional.empty());
  }

  /** A line whose jars have been found before and are all still there; nothing is downloaded. */
  public static Optional<SparkRuntime> atHand(SparkLine line, ClassPathCache cache) {
    return cache
        .read(line)
        .map(jars -> new SparkRuntime(line.version(), jars, Map.of(), Optional.empty()));
  }

  /**
   * An installation, as {@code SPARK_HOME} names it. Its {@code spark-env.sh} is not read.
   *
   * @param environment for {@code SPARK_CONF_DIR}, {@code HADOOP_CONF_DIR} and {@code
   *     YARN_CONF_DIR}
   * @throws LaunchException with {@link LaunchException.Code#SPARK_HOME_INVALID} if there is no
   *     Spark, or one without Connect
   */
  public static SparkRuntime ofHome(Path home, Map<String, String> environment) {
    List<Path> jars = jars(home);
    String version =
        firstMatch(jars, CONNECT)
            .map(connect -> connect.group(1))
            .orElseThrow(() -> withoutConnect(home, firstMatch(jars, CORE)));
    Path conf =
        Path.of(environment.getOrDefault("SPARK_CONF_DIR", home.resolve("conf").toString()));
    List<Path> classPath = new ArrayList<>();
    classPath.add(conf);
    classPath.addAll(jars);
    for (String variable : List.of("HADOOP_CONF_DIR", "YARN_CONF_DIR")) {
      String folder = environment.getOrDefault(variable, "");
      if (!folder.isEmpty()) {
        classPath.add(Path.of(folder));
      }
    }
    Path defaults = conf.resolve("spark-defaults.conf");
    return new SparkRuntime(
        version,
        classPath,
        Files.isRegularFile(defaults) ? ConfigurationFile.readDefaults(defaults) : Map.of(),
        Optional.of(home.toAbsolutePath()));
  }

  private static List<Path> jars(Path home) {
    try (Stream<Path> files = Files.list(home.resolve("jars"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new LaunchException(
          LaunchException.Code.SPARK_HOME_INVALID,
          "SPARK_HOME is "
              + home
              + ", where there is no folder jars. Set it to a Spark installation, or choose with --spark.",
          e);
    }
  }

  private static Optional<Matcher> firstMatch(List<Path> jars, Pattern name) {
    return jars.stream()
        .map(jar -> name.matcher(String.valueOf(jar.getFileName())))
        .filter(Matcher::matches)
        .findFirst();
  }

  private static LaunchException withoutConnect(Path home, Optional<Matcher> core) {
    String artifact =
        core.map(jar -> "org.apache.spark:spark-connect_" + jar.group(1) + ":" + jar.group(2))
            .orElse("org.apache.spark:spark-connect");
    return new LaunchException(
        LaunchException.Code.SPARK_HOME_INVALID,
        "SPARK_HOME is "
            + home
            + ", where jars has no spark-connect jar. Put "
            + artifact
            + " there (Spark 3 ships without it), or choose with --spark.");
  }

  /**
   * Whether the server can be told to listen on one address only: from 4.0. Before, it listens on
   * all of the machine's.
   */
  public boolean choosesAddress() {
    return !version.startsWith("3.");
  }

  /** The first two numbers of the version. */
  String line() {
    String[] numbers = version.split("\\.", 3);
    return numbers.length < 2 ? version : numbers[0] + "." + numbers[1];
  }

  @Override
  public String toString() {
    return "Spark " + version + home.map(folder -> " (" + folder + ")").orElse("");
  }
}
