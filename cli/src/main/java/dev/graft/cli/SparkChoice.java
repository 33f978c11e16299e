package dev.graft.cli;

import dev.graft.cli.environment.Terminal;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the Spark that a command is to run. */
final class SparkChoice {
  private SparkChoice() {}

  /** The named line, or else the newest, from Maven. */
  static SparkRuntime fromMaven(@Nullable String line, Terminal terminal) {
    SparkLine chosen = line == null ? SparkLine.NEWEST : SparkLine.of(line);
    try (Terminal.Work work = terminal.work("Finding " + chosen)) {
      return SparkRuntime.ofLine(chosen, ClassPathCache.ofUser(), work);
    }
  }

  /** The named line, or else the installation at {@code SPARK_HOME}, or else the newest line. */
  static SparkRuntime of(
      @Nullable String line, Map<String, String> environment, Terminal terminal) {
    String home = environment.getOrDefault("SPARK_HOME", "");
    return line == null && !home.isBlank()
        ? SparkRuntime.ofHome(Path.of(home), environment)
        : fromMaven(line, terminal);
  }
}
