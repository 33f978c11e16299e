package dev.graft.cli.programs;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Other programs, run to their end. */
public final class Programs {
  private static final long LONGEST_MINUTES = 10;

  private Programs() {}

  /** Runs a program; returns its exit value, or -1 if there is no such program. */
  public static int run(Path folder, Map<String, String> variables, List<String> command)
      throws InterruptedException {
    return run(folder, variables, command, line -> {});
  }

  /**
   * Runs a program whose output is of interest.
   *
   * @param output gets each line of it, and so does this process's own output
   */
  public static int run(
      Path folder, Map<String, String> variables, List<String> command, Consumer<String> output)
      throws InterruptedException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.environment().putAll(variables);
      Process process = builder.start();
      // Not inherited: the test runner talks to Maven over this process's own standard output.
      Thread printing =
          new Thread(
              () -> process.inputReader().lines().peek(System.out::println).forEach(output),
              "printing");
      printing.start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return fail(
            String.join(" ", command) + " did not end within " + LONGEST_MINUTES + " minutes");
      }
      printing.join();
      return process.exitValue();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Ends the test: a toolchain that is not there is a visible skip, but in CI a failure. */
  public static void missing(String what) {
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      fail(what + ", and CI must have it");
    }
    abort(what + ": the tests are skipped");
  }
}
