package dev.graft.cli;

import dev.graft.cli.environment.Terminal;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.LaunchException;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the Spark that a command is to run. */
final class SparkChoice {
  private SparkChoice() {}

  /**
   * The named line, or else the installation at {@code SPARK_HOME}, or else the newest line.
   *
   * @throws LaunchException if there is none, with what to install
   */
  static SparkRuntime of(
      @Nullable String line, Map<String, String> environment, Terminal terminal) {
    String home = environment.getOrDefault("SPARK_HOME", "");
    if (line != null) {
      return fromMaven(SparkLine.of(line), terminal);
    }
    if (!home.isBlank()) {
      return SparkRuntime.ofHome(Path.of(home), environment);
    }
    try {
      return fromMaven(SparkLine.NEWEST, terminal);
    } catch (LaunchException e) {
      throw new LaunchException(e.code(), e.getMessage() + advice(), e);
    }
  }

  /**
   * A line, whose jars Maven gets where they are not on this machine.
   *
   * @param offline whether Maven must not be called
   * @throws LaunchException with {@link LaunchException.Code#RESOLUTION_FAILED}
   */
  static SparkRuntime ofLine(SparkLine line, boolean offline, Terminal terminal) {
    Optional<SparkRuntime> known = SparkRuntime.atHand(line, ClassPathCache.ofUser());
    if (known.isPresent()) {
      return known.get();
    }
    if (offline) {
      throw new LaunchException(
          LaunchException.Code.RESOLUTION_FAILED,
          line + " has not been used on this machine yet. Without --offline Maven gets it.");
    }
    return fromMaven(line, terminal);
  }

  private static SparkRuntime fromMaven(SparkLine line, Terminal terminal) {
    try (Terminal.Work work = terminal.work("Finding " + line)) {
      return SparkRuntime.ofLine(line, ClassPathCache.ofUser(), work);
    }
  }

  /** PySpark's package holds a whole Spark, from 4.0 on with Connect. */
  private static String advice() {
    return " Without Maven, pip install pyspark=="
        + SparkLine.NEWEST.version()
        + " brings a Spark: set SPARK_HOME to the folder that python3 -c"
        + " \"import pyspark; print(pyspark.__path__[0])\" prints, or to any Spark from 4.0 on.";
  }
}
