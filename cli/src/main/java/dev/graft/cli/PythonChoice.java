package dev.graft.cli;

import dev.graft.servers.LaunchException;
import dev.graft.servers.PythonForFunctions;
import dev.graft.servers.SparkRuntime;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which Python runs the functions of a server's Python clients.
 *
 * @param executable the Python that the server is told to use; empty where it takes the one that it
 *     finds
 * @param said a line about the choice, for people
 * @param isComplete whether it has what functions need, as far as that can be seen from here
 */
record PythonChoice(Optional<String> executable, String said, boolean isComplete) {
  private static final String SETTING = "spark.pyspark.python";
  private static final String MASTER = "spark.master";

  /**
   * The Python that is asked for by the option, the configuration or the environment, in this
   * order; or else, where everything runs on this machine, the first {@code python3} on the {@code
   * PATH} that has what functions need.
   *
   * @param option what {@code --python} names
   * @param configured the configuration, with {@code spark.master} where one is given
   * @throws LaunchException with {@link LaunchException.Code#PYTHON_UNUSABLE} if the option names a
   *     Python that functions cannot run with
   */
  static PythonChoice of(
      @Nullable String option,
      Map<String, String> configured,
      Map<String, String> environment,
      SparkRuntime runtime) {
    Map<String, String> settings = new HashMap<>(runtime.defaults());
    settings.putAll(configured);
    boolean local = settings.getOrDefault(MASTER, "local").startsWith("local");
    if (option != null) {
      return local ? required(option, runtime) : ofExecutors(option);
    }
    Optional<String> asked =
        Stream.of(
                settings.getOrDefault(SETTING, ""),
                environment.getOrDefault("PYSPARK_PYTHON", ""),
                environment.getOrDefault("PYSPARK_DRIVER_PYTHON", ""))
            .filter(name -> !name.isBlank())
            .findFirst();
    if (asked.isPresent()) {
      return local ? examined(asked.get(), runtime) : ofExecutors(asked.get());
    }
    return local ? found(environment, runtime) : ofExecutors("python3");
  }

  private static PythonChoice required(String option, SparkRuntime runtime) {
    PythonForFunctions python = PythonForFunctions.of(option);
    python
        .lacks(runtime)
        .ifPresent(
            lacking -> {
              throw new LaunchException(
                  LaunchException.Code.PYTHON_UNUSABLE,
                  python
                      + " lacks "
                      + lacking
                      + ", without which Python functions fail. "
                      + PythonForFunctions.advice(runtime));
            });
    return chosen(python);
  }

  /**
   * Examines a Python that need not be usable: the server starts without it too, since clients may
   * have no Python functions.
   */
  private static PythonChoice examined(String asked, SparkRuntime runtime) {
    try {
      PythonForFunctions python = PythonForFunctions.of(asked);
      return python
          .lacks(runtime)
          .map(
              lacking ->
                  new PythonChoice(
                      Optional.of(asked),
                      python
                          + " lacks "
                          + lacking
                          + ": Python functions of clients will fail. "
                          + PythonForFunctions.advice(runtime),
                      false))
          .orElseGet(() -> chosen(python));
    } catch (LaunchException e) {
      return new PythonChoice(
          Optional.of(asked), e.getMessage() + " " + PythonForFunctions.advice(runtime), false);
    }
  }

  private static PythonChoice chosen(PythonForFunctions python) {
    return new PythonChoice(
        Optional.of(python.executable()),
        python + " runs the functions of clients with Python " + python.version(),
        true);
  }

  private static PythonChoice ofExecutors(String executable) {
    return new PythonChoice(
        executable.equals("python3") ? Optional.empty() : Optional.of(executable),
        executable + " of each executor's machine runs the functions of clients",
        true);
  }

  private static PythonChoice found(Map<String, String> environment, SparkRuntime runtime) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "python3"))
        .filter(Files::isExecutable)
        .distinct()
        .flatMap(python -> usable(python, runtime).stream())
        .findFirst()
        .map(PythonChoice::chosen)
        .orElseGet(
            () ->
                new PythonChoice(
                    Optional.empty(),
                    "no python3 on the PATH has pyspark, pandas and pyarrow for "
                        + runtime
                        + ": Python functions of clients will fail. "
                        + PythonForFunctions.advice(runtime),
                    false));
  }

  private static Optional<PythonForFunctions> usable(Path executable, SparkRuntime runtime) {
    try {
      PythonForFunctions python = PythonForFunctions.of(executable.toString());
      return python.lacks(runtime).isEmpty() ? Optional.of(python) : Optional.empty();
    } catch (LaunchException e) {
      return Optional.empty(); // Not usable; the caller tries the next one.
    }
  }
}
