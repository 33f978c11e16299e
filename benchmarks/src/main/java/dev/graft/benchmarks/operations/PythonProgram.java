package dev.graft.benchmarks.operations;

import dev.graft.servers.SparkLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Python program that measures, in an environment of its own with what its lock file names. The
 * environment stays, and is made anew when the lock file has changed.
 *
 * @param sources the folder of its modules and of lock files in {@code requirements}
 * @param environment the folder of the environment
 */
record PythonProgram(Path sources, Path environment) {
  /**
   * Runs {@code python -m operations}; what it prints goes to standard error.
   *
   * @throws IOException if there is no Python 3.11 or later, something cannot be installed, or the
   *     program fails
   */
  void run(List<String> arguments) throws IOException, InterruptedException {
    install();
    List<String> command = new ArrayList<>(List.of(python(), "-B", "-m", "operations"));
    command.addAll(arguments);
    call(command);
  }

  private void install() throws IOException, InterruptedException {
    Path lock = sources.resolve("requirements").resolve(SparkLine.NEWEST.number() + ".txt");
    Path installed = environment.resolve("installed.txt");
    if (Files.exists(installed) && Files.mismatch(installed, lock) < 0) {
      return;
    }
    call(List.of("python3", "-m", "venv", "--clear", environment.toString()));
    call(List.of(python(), "-m", "pip", "install", "--quiet", "-r", lock.toString()));
    Files.copy(lock, installed);
  }

  private String python() {
    return environment.resolve("bin").resolve("python").toString();
  }

  private void call(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", sources.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    process.inputReader().lines().forEach(System.err::println);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("Status " + status + " of " + String.join(" ", command));
    }
  }
}
