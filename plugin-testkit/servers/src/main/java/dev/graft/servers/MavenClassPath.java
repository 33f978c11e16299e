package dev.graft.servers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has Maven find and download the jars of a Spark line. Needs {@code mvn} on the path, and no
 * project.
 */
final class MavenClassPath {
  private static final Pattern DOWNLOADED =
      Pattern.compile("Downloaded from .*\\(([0-9.]+) ([kMG]?B)");
  private static final Pattern ERROR = Pattern.compile("\\[ERROR] (.+)");

  /**
   * Variables that Maven's start script sets for itself. Where Graft was started by Maven they are
   * about another project, and so are removed.
   */
  private static final List<String> OTHER_PROJECT =
      List.of("MAVEN_PROJECTBASEDIR", "MAVEN_CMD_LINE_ARGS", "MAVEN_BASEDIR");

  private final SparkLine line;
  private final Progress progress;
  private int files;
  private double megabytes;

  MavenClassPath(SparkLine line, Progress progress) {
    this.line = line;
    this.progress = progress;
  }

  /**
   * Resolves the jars, downloading those that the local repository does not have.
   *
   * @throws LaunchException with {@link LaunchException.Code#RESOLUTION_FAILED}
   */
  List<Path> resolve() {
    try {
      Path folder = Files.createTempDirectory("graft-resolve-");
      try {
        return resolveIn(folder);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw failed("Is Maven installed, and mvn on the PATH? (" + e.getMessage() + ")", e);
    }
  }

  private List<Path> resolveIn(Path folder) throws IOException {
    Path pom = Files.writeString(folder.resolve("pom.xml"), pom(line));
    Path result = folder.resolve("classpath.txt");
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-f", pom.toString()));
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.add("-Dmdep.outputFile=" + result);
    command.add(
        "org.apache.maven.plugins:maven-dependency-plugin:"
            + SparkLine.dependencyPluginVersion()
            + ":build-classpath");
    ProcessBuilder maven =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    maven.environment().keySet().removeAll(OTHER_PROJECT);
    progress.report("asking Maven");
    Process process = maven.start();
    process.getOutputStream().close();
    String lastError = follow(process);
    try {
      int status = process.waitFor();
      if (status != 0 || !Files.isRegularFile(result)) {
        throw failed(
            "Maven ended with status " + status + (lastError.isEmpty() ? "." : ": " + lastError),
            null);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw failed("It was interrupted.", e);
    }
    String text = Files.readString(result).strip();
    return Arrays.stream(text.split(Pattern.quote(File.pathSeparator), -1)).map(Path::of).toList();
  }

  /** Reads what Maven says, to its end; returns its first error. */
  private String follow(Process process) throws IOException {
    Deque<String> errors = new ArrayDeque<>();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String said = output.readLine(); said != null; said = output.readLine()) {
        Matcher downloaded = DOWNLOADED.matcher(said);
        Matcher error = ERROR.matcher(said);
        if (downloaded.find()) {
          count(downloaded);
        } else if (error.find()) {
          errors.add(error.group(1));
        }
      }
    }
    return errors.isEmpty() ? "" : errors.getFirst();
  }

  private void count(Matcher downloaded) {
    files++;
    double size = Double.parseDouble(downloaded.group(1));
    megabytes +=
        switch (downloaded.group(2)) {
          case "GB" -> size * 1000;
          case "MB" -> size;
          case "kB" -> size / 1000;
          default -> size / 1_000_000;
        };
    progress.report("downloaded " + files + " files, " + Math.round(megabytes) + " MB");
  }

  private LaunchException failed(String why, @Nullable Throwable cause) {
    return new LaunchException(
        LaunchException.Code.RESOLUTION_FAILED, line + " cannot be had from Maven. " + why, cause);
  }

  /**
   * A project that wants what a Connect server of an installation has: beside Connect and SQL,
   * MLlib, which closes sessions and fits models. Hive, YARN and Kubernetes are left out: who uses
   * one of them has an installation.
   */
  static String pom(SparkLine line) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>dev.graft.resolve</groupId>
          <artifactId>spark</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <dependencies>
            <dependency><groupId>org.apache.spark</groupId><artifactId>spark-connect_SCALA</artifactId><version>VERSION</version></dependency>
            <dependency><groupId>org.apache.spark</groupId><artifactId>spark-sql_SCALA</artifactId><version>VERSION</version></dependency>
            <dependency><groupId>org.apache.spark</groupId><artifactId>spark-mllib_SCALA</artifactId><version>MLLIB</version></dependency>
          </dependencies>
        </project>
        """
        .replace("SCALA", line.scala())
        .replace("VERSION", line.version())
        .replace("MLLIB", line.mllibVersion());
  }
}
