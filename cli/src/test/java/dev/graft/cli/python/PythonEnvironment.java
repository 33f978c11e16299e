package dev.graft.cli.python;

import dev.graft.cli.programs.OneAtATime;
import dev.graft.cli.programs.Programs;
import dev.graft.servers.SparkLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A virtual environment with what a lock file of the Python encoder names. It stays in {@code
 * target}, and is made anew when its lock file has changed.
 *
 * @param folder where it is
 */
public record PythonEnvironment(Path folder) {
  private static final Path LOCKS =
      Path.of("../encoders/python/requirements").toAbsolutePath().normalize();

  /** Whether there is a lock file for the PySpark client of a line. */
  public static boolean isThereFor(SparkLine line) {
    return Files.exists(LOCKS.resolve(line.number() + ".txt"));
  }

  /** Where the environment with the PySpark client of a line is, or will be. */
  public static PythonEnvironment placeOf(SparkLine line) {
    return place("pyspark-" + line.number());
  }

  private static PythonEnvironment place(String name) {
    return new PythonEnvironment(Path.of("target").resolve(name).toAbsolutePath());
  }

  /** The environment with the PySpark client of a line. */
  public static PythonEnvironment of(SparkLine line) throws Exception {
    return make(LOCKS.resolve(line.number() + ".txt"), placeOf(line));
  }

  /** The environment with Sail, and a PySpark client of the newest line. */
  public static PythonEnvironment ofSail() throws Exception {
    return make(LOCKS.resolve("sail.txt"), place("sail"));
  }

  /**
   * The environment with what a lock file names.
   *
   * @param name of its folder in {@code target}
   */
  public static PythonEnvironment ofLock(Path lock, String name) throws Exception {
    return make(lock, place(name));
  }

  /**
   * The same, with what Python prints put into a file: between the messages that this JVM sends to
   * Maven it would make Maven lose results.
   *
   * @param log a file in a folder of its own, in which the wrapper is put as well
   */
  public PythonEnvironment printingTo(Path log) throws IOException {
    Path wrapped = log.resolveSibling("printing");
    Path script = Files.createDirectories(wrapped.resolve("bin")).resolve("python");
    Files.writeString(
        script, "#!/bin/sh\nexec '%s' \"$@\" >> '%s' 2>&1\n".formatted(program("python"), log));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new PythonEnvironment(wrapped);
  }

  private static PythonEnvironment make(Path lock, PythonEnvironment environment) throws Exception {
    return OneAtATime.make(
        environment.folder.getFileName().toString(), () -> makeAlone(lock, environment));
  }

  /** Where it cannot be made, the test is skipped. */
  private static PythonEnvironment makeAlone(Path lock, PythonEnvironment environment)
      throws Exception {
    Path installed = environment.folder.resolve("installed.txt");
    if (Files.exists(installed) && Files.mismatch(installed, lock) < 0) {
      return environment;
    }
    if (run("python3", "-c", "import sys, venv; sys.exit(sys.version_info < (3, 11))") != 0) {
      Programs.missing("Python 3.11 or later, with venv, is not on the PATH");
    }
    must("python3", "-m", "venv", "--clear", environment.folder.toString());
    String python = environment.program("python").toString();
    must(python, "-m", "pip", "install", "--quiet", "-r", lock.toString());
    Files.copy(lock, installed);
    return environment;
  }

  /** A program of it. */
  public Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private static void must(String... command) throws Exception {
    if (run(command) != 0) {
      Programs.missing(String.join(" ", command) + " failed");
    }
  }

  private static int run(String... command) throws Exception {
    return Programs.run(Path.of("."), Map.of(), List.of(command));
  }
}
