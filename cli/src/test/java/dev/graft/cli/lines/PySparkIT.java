package dev.graft.cli.lines;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.graft.cli.spark.SparkLine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The Python encoder's tests, run by pytest with the real PySpark client of a line against a real
 * server of that line. Each Python test is one test here.
 */
@ParameterizedClass
@EnumSource(
    value = SparkLine.class,
    names = {"SPARK_3_5", "SPARK_4_2"})
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class PySparkIT {
  private static final Path ENCODER = Path.of("../encoders/python").toAbsolutePath().normalize();
  private static final Path DESCRIPTORS =
      Path.of("../plugin-examples/portable/target/acme-frames.binpb").toAbsolutePath().normalize();
  private static final long LONGEST_MINUTES = 20;

  @Parameter SparkLine line;

  @TestFactory
  Stream<DynamicTest> pytest(@TempDir Path folder) throws Exception {
    Path python = environment();
    Path results = folder.resolve("results.xml");
    try (ExampleServer server = ExampleServer.start(line, folder)) {
      run(
          ENCODER,
          Map.of(
              "SPARK_REMOTE", server.address(),
              "GRAFT_EXAMPLE_DESCRIPTORS", DESCRIPTORS.toString(),
              "PYTHONPATH", ENCODER.resolve("src").toString(),
              "PYTHONDONTWRITEBYTECODE", "1"),
          List.of(
              python.toString(),
              "-m",
              "pytest",
              "-q",
              "-p",
              "no:cacheprovider",
              "--junitxml",
              results.toString()));
    }
    return tests(results).stream();
  }

  /**
   * The Python of a virtual environment with the line's client in it; made anew when its lock file
   * has changed.
   */
  private Path environment() throws Exception {
    Path lock = ENCODER.resolve("requirements/" + line.number() + ".txt");
    Path environment = Path.of("target/pyspark-" + line.number()).toAbsolutePath();
    Path python = environment.resolve("bin/python");
    Path installed = environment.resolve("installed.txt");
    if (Files.exists(installed) && Files.mismatch(installed, lock) < 0) {
      return python;
    }
    if (run(
            Path.of("."),
            Map.of(),
            List.of("python3", "-c", "import sys, venv; sys.exit(sys.version_info < (3, 11))"))
        != 0) {
      missing("Python 3.11 or later, with venv, is not on the PATH");
    }
    must(List.of("python3", "-m", "venv", "--clear", environment.toString()));
    must(List.of(python.toString(), "-m", "pip", "install", "--quiet", "-r", lock.toString()));
    Files.copy(lock, installed);
    return python;
  }

  private static void must(List<String> command) throws Exception {
    if (run(Path.of("."), Map.of(), command) != 0) {
      missing(String.join(" ", command) + " failed");
    }
  }

  /** A toolchain that is not there is a visible skip on a developer's machine; CI has it. */
  private static void missing(String what) {
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      fail(what + ", and CI must have it");
    }
    abort(what + ": the PySpark tests are skipped");
  }

  private static int run(Path folder, Map<String, String> variables, List<String> command)
      throws InterruptedException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.environment().putAll(variables);
      Process process = builder.start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return fail(
            String.join(" ", command) + " did not end within " + LONGEST_MINUTES + " minutes");
      }
      return process.exitValue();
    } catch (IOException e) {
      return -1; // there is no such program
    }
  }

  private static List<DynamicTest> tests(Path results) throws Exception {
    if (!Files.exists(results)) {
      fail("pytest left no results; its output is above");
    }
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(results.toFile())
            .getElementsByTagName("testcase");
    List<DynamicTest> tests = new ArrayList<>();
    for (int index = 0; index < cases.getLength(); index++) {
      Element test = (Element) cases.item(index);
      tests.add(
          DynamicTest.dynamicTest(
              test.getAttribute("classname") + "." + test.getAttribute("name"),
              () -> outcome(test)));
    }
    if (tests.isEmpty()) {
      fail("pytest found no test");
    }
    return tests;
  }

  private static void outcome(Element test) {
    for (String bad : List.of("failure", "error")) {
      if (test.getElementsByTagName(bad).getLength() > 0) {
        fail(test.getElementsByTagName(bad).item(0).getTextContent());
      }
    }
    if (test.getElementsByTagName("skipped").getLength() > 0) {
      abort(((Element) test.getElementsByTagName("skipped").item(0)).getAttribute("message"));
    }
  }
}
