package dev.graft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a Python before a server starts with it. */
class PythonForFunctionsTest {
  private static final SparkRuntime FROM_MAVEN =
      new SparkRuntime("4.2.0", List.of(), Map.of(), Optional.empty());
  private static final SparkRuntime INSTALLED =
      new SparkRuntime("4.2.0", List.of(), Map.of(), Optional.of(Path.of("/opt/spark")));

  @TempDir private Path folder;

  private Path python(String... answer) throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(python, "#!/bin/sh\ncat <<'END'\n" + String.join("\n", answer) + "\nEND\n");
    return Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void oneWithThePysparkOfTheLineLacksNothing() throws IOException {
    PythonForFunctions python = PythonForFunctions.of(python("3.11", "4.2.1", "").toString());

    assertThat(python.lacks(FROM_MAVEN)).isEmpty();
    assertThat(python).hasToString(folder.resolve("python") + " (Python 3.11, pyspark 4.2.1)");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    PythonForFunctions python =
        PythonForFunctions.of(python("3.11", "", "pandas pyarrow").toString());

    assertThat(python.lacks(FROM_MAVEN)).contains("pyspark 4.2, pandas, pyarrow");
    assertThat(python.lacks(INSTALLED)).contains("pandas, pyarrow");
  }

  @Test
  void thePysparkOfAnotherLineIsNotEnough() throws IOException {
    PythonForFunctions python = PythonForFunctions.of(python("3.9", "4.1.2", "").toString());

    assertThat(python.lacks(FROM_MAVEN)).contains("pyspark 4.2 (it has 4.1.2)");
  }

  @Test
  void theAdviceNamesThePackageOfTheLine() {
    assertThat(PythonForFunctions.advice(FROM_MAVEN)).contains("'pyspark-client==4.2.*'");
    assertThat(
            PythonForFunctions.advice(
                new SparkRuntime("3.5.7", List.of(), Map.of(), Optional.empty())))
        .contains("'pyspark[connect]==3.5.*'");
  }

  @Test
  void whatIsNoPythonIsRefused() throws IOException {
    Path other = python("hello");
    for (String name : List.of(other.toString(), folder.resolve("none").toString())) {
      assertThatThrownBy(() -> PythonForFunctions.of(name))
          .isInstanceOfSatisfying(
              LaunchException.class,
              e -> assertThat(e.code()).isEqualTo(LaunchException.Code.PYTHON_UNUSABLE))
          .hasMessageStartingWith("The Python " + name + " cannot be used: ");
    }
  }
}
