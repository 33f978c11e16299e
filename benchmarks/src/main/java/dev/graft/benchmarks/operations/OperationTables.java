package dev.graft.benchmarks.operations;

import dev.graft.benchmarks.build.BuildFolder;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.Folders;
import dev.graft.servers.Progress;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Measures operations on a Spark 4.2 server with two cores, and makes the table. */
public final class OperationTables {
  private static final List<String> SIZES = List.of("100000:9", "1000000:5", "10000000:2");

  private OperationTables() {}

  /**
   * Measures with 100 thousand, 1 million and 10 million rows, for some 20 minutes.
   *
   * @return the table in Markdown
   * @throws IOException if the server or the Python program cannot be started, or fails; it also
   *     fails where two ways to do the same give different rows
   */
  public static String measure() throws IOException, InterruptedException {
    return measure(SIZES);
  }

  /** Whether a text is a number of rows, a colon and a number of rounds, such as 100000:9. */
  public static boolean isSize(String text) {
    return text.matches("[1-9]\\d{0,8}:[1-9]\\d{0,3}");
  }

  /**
   * The same with other sizes.
   *
   * @param sizes each as {@link #isSize} has it; ascending
   */
  public static String measure(List<String> sizes) throws IOException, InterruptedException {
    Path build = BuildFolder.path();
    return measure(build, build.resolve("python-environment"), sizes);
  }

  /**
   * The same.
   *
   * @param build the folder of the build's output
   * @param environment the folder of a Python environment, made where it is not there
   */
  static String measure(Path build, Path environment, List<String> sizes)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("graft-operations");
    SparkRuntime runtime =
        SparkRuntime.ofLine(SparkLine.NEWEST, ClassPathCache.ofUser(), Progress.none());
    Path jar = build.resolve("spark").resolve("graft-spark.jar");
    try (SparkServer spark =
        new SparkServerBuilder(runtime, jar)
            .master("local[2]")
            .setting("spark.driver.memory", "6g")
            .setting("spark.graft.plugins.discovery", "services")
            .plugins(build.resolve("plugins"))
            .start()) {
      Path result = folder.resolve("times.tsv");
      List<String> arguments = new ArrayList<>();
      arguments.add(spark.address());
      arguments.add(folder.resolve("data").toString());
      arguments.add(result.toString());
      arguments.addAll(sizes);
      new PythonProgram(build.resolve("python"), environment).run(arguments);
      try (Stream<String> lines = Files.lines(result)) {
        return new OperationResults(lines.map(Way::parse).toList()).markdown();
      }
    } finally {
      Folders.delete(folder);
    }
  }
}
