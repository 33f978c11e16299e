package dev.graft.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Python that runs the functions which Python clients send to a server. Spark starts it with its
 * own {@code pyspark.daemon}, so it must have the PySpark of the server's line (an installation of
 * Spark brings it along), and with it pandas and PyArrow. It must also be of the minor version of
 * the client's Python, which only the client knows.
 *
 * @param executable as it was named
 * @param version of Python, such as {@code 3.11}
 * @param pyspark the version of PySpark that it has
 * @param missing further packages that functions need and that it does not have
 */
public record PythonForFunctions(
    String executable, String version, Optional<String> pyspark, List<String> missing) {
  private static final long PATIENCE_SECONDS = 30;

  /** Prints three lines; nothing is imported, which would take a second. */
  private static final String QUESTION =
      """
      import importlib.metadata as metadata, importlib.util as util, sys
      print("%d.%d" % sys.version_info[:2])
      def version(*names):
          for name in names:
              try:
                  return metadata.version(name)
              except metadata.PackageNotFoundError:
                  pass
          return ""
      print(version("pyspark-client", "pyspark") if util.find_spec("pyspark") else "")
      print(" ".join(name for name in ("pandas", "pyarrow") if not util.find_spec(name)))
      """;

  public PythonForFunctions {
    missing = List.copyOf(missing);
  }

  /**
   * Asks a Python what it has.
   *
   * @param executable a path, or a name on the {@code PATH}
   * @throws LaunchException with {@link LaunchException.Code#PYTHON_UNUSABLE} if it is none
   */
  public static PythonForFunctions of(String executable) {
    try {
      Process python =
          new ProcessBuilder(executable, "-c", QUESTION)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      python.getOutputStream().close();
      if (!python.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        python.destroyForcibly();
        throw unusable(executable, "it does not answer", null);
      }
      String text =
          new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .stripTrailing();
      List<String> lines = new ArrayList<>(text.lines().toList());
      if (python.exitValue() != 0 || lines.isEmpty() || !lines.get(0).matches("\\d+\\.\\d+")) {
        throw unusable(executable, "it is no Python 3.8 or later", null);
      }
      lines.addAll(List.of("", ""));
      return new PythonForFunctions(
          executable,
          lines.get(0),
          Optional.of(lines.get(1)).filter(version -> !version.isEmpty()),
          lines.get(2).isEmpty() ? List.of() : List.of(lines.get(2).split(" ", -1)));
    } catch (IOException e) {
      throw unusable(executable, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable(executable, "the wait for it was interrupted", e);
    }
  }

  /** What it lacks for a server's functions, in words for people; empty where it has all. */
  public Optional<String> lacks(SparkRuntime runtime) {
    List<String> lacking = new ArrayList<>();
    boolean brought = runtime.home().isPresent();
    if (!brought && pyspark.isEmpty()) {
      lacking.add("pyspark " + runtime.line());
    } else if (!brought && !pyspark.get().startsWith(runtime.line() + ".")) {
      lacking.add("pyspark " + runtime.line() + " (it has " + pyspark.get() + ")");
    }
    lacking.addAll(missing);
    return lacking.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lacking));
  }

  /** How to make a Python that has what a server's functions need. */
  public static String advice(SparkRuntime runtime) {
    String packages =
        runtime.version().startsWith("3.")
            ? "pyspark[connect]==" + runtime.line() + ".*"
            : "pyspark-client==" + runtime.line() + ".*";
    return "Make one with python3 -m venv ENV && ENV/bin/pip install '"
        + packages
        + "', of the minor version of your clients' Python, and give it as --python ENV/bin/python,"
        + " PYSPARK_PYTHON or spark.pyspark.python.";
  }

  private static LaunchException unusable(
      String executable, String why, @Nullable Throwable cause) {
    return new LaunchException(
        LaunchException.Code.PYTHON_UNUSABLE,
        "The Python " + executable + " cannot be used: " + why + ".",
        cause);
  }

  @Override
  public String toString() {
    return executable
        + " (Python "
        + version
        + pyspark.map(found -> ", pyspark " + found).orElse("")
        + ")";
  }
}
