package dev.graft.cli.doctor;

import dev.graft.servers.ClassPathCache;
import dev.graft.servers.LaunchException;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The Spark that {@code graft serve} would start. Nothing is downloaded.
 *
 * @param runtime the Spark, where its jars are on this machine
 * @param finding what was found
 */
record SparkLook(Optional<SparkRuntime> runtime, Finding finding) {
  private static final String ABOUT = "Spark";

  /**
   * Looks for it.
   *
   * @param line the line that is asked for; empty for the Spark of {@code SPARK_HOME}, or else the
   *     newest line
   */
  static SparkLook of(
      Optional<String> line, Map<String, String> environment, ClassPathCache cache) {
    try {
      String home = environment.getOrDefault("SPARK_HOME", "");
      if (line.isEmpty() && !home.isBlank()) {
        return found(SparkRuntime.ofHome(Path.of(home), environment), "SPARK_HOME");
      }
      SparkLine wanted = line.map(SparkLine::of).orElse(SparkLine.NEWEST);
      Optional<SparkRuntime> runtime = SparkRuntime.atHand(wanted, cache);
      if (runtime.isPresent()) {
        return found(runtime.get(), "Maven's repository");
      }
      return new SparkLook(Optional.empty(), toBeFetched(wanted, environment));
    } catch (LaunchException e) {
      return new SparkLook(
          Optional.empty(), Finding.problem(ABOUT, String.valueOf(e.getMessage()), ""));
    }
  }

  private static SparkLook found(SparkRuntime runtime, String from) {
    return new SparkLook(
        Optional.of(runtime), Finding.ok(ABOUT, "Spark " + runtime.version() + ", from " + from));
  }

  private static Finding toBeFetched(SparkLine line, Map<String, String> environment) {
    boolean maven =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .filter(folder -> !folder.isEmpty())
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mvn")));
    return maven
        ? Finding.warning(
            ABOUT,
            line + " is not on this machine yet.",
            "The first graft serve has Maven download some 350 MB; or set SPARK_HOME to an installation.")
        : Finding.problem(
            ABOUT,
            line + " is not on this machine, and there is no mvn on the PATH to get it.",
            "Install Maven; or pip install pyspark=="
                + line.version()
                + " and set SPARK_HOME to the folder that python3 -c \"import pyspark; print(pyspark.__path__[0])\" prints.");
  }
}
