package dev.graft.cli.python;

import dev.graft.cli.programs.JUnitResults;
import dev.graft.cli.programs.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs pytest. Each Python test becomes one test of JUnit's. */
public final class Pytest {
  private static final Path ENCODER = Path.of("../encoders/python").toAbsolutePath().normalize();
  private static final Path DESCRIPTORS =
      Path.of("../plugin-examples/portable/target/classes/META-INF/graft/descriptors.binpb")
          .toAbsolutePath()
          .normalize();

  private final PythonEnvironment environment;
  private final Map<String, String> variables = new HashMap<>();

  /** With the programs of an environment, the Python encoder and the example messages. */
  public Pytest(PythonEnvironment environment) {
    this.environment = environment;
    with("GRAFT_EXAMPLE_DESCRIPTORS", DESCRIPTORS.toString());
    with("PYTHONPATH", ENCODER.resolve("src").toString());
    with("PYTHONDONTWRITEBYTECODE", "1");
  }

  /** Sets an environment variable. */
  public Pytest with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /**
   * Runs the tests of the Python encoder.
   *
   * @param server the address of the server, for those that need one
   * @param options further ones of pytest
   */
  public Stream<DynamicTest> runEncoderTests(String server, Path results, String... options)
      throws Exception {
    return with("SPARK_REMOTE", server).run(ENCODER, results, options);
  }

  /**
   * Runs the tests of a folder.
   *
   * @param results a file that is written
   * @param options of pytest
   */
  public Stream<DynamicTest> run(Path folder, Path results, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(environment.program("python").toString());
    command.addAll(List.of("-m", "pytest", "-q", "-p", "no:cacheprovider"));
    command.addAll(List.of("--junitxml", results.toString()));
    command.addAll(List.of(options));
    Programs.run(folder, variables, command);
    return JUnitResults.read("pytest", results);
  }
}
