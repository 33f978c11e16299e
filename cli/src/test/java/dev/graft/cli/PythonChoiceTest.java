package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.servers.SparkRuntime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Python a server is started with, and what is said of it. */
class PythonChoiceTest {
  private static final SparkRuntime SPARK =
      new SparkRuntime("4.2.0", List.of(), Map.of(), Optional.empty());

  @TempDir private Path folder;

  /** A folder for the PATH, with a python3 that has this PySpark. */
  private Path pythonIn(String name, String pyspark) throws IOException {
    Path bin = Files.createDirectories(folder.resolve(name));
    Path python = bin.resolve("python3");
    Files.writeString(python, "#!/bin/sh\nprintf '3.11\\n" + pyspark + "\\n\\n'\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
    return bin;
  }

  private static Map<String, String> path(Path... folders) {
    return Map.of(
        "PATH",
        String.join(File.pathSeparator, List.of(folders).stream().map(Path::toString).toList()));
  }

  @Test
  void theFirstOnThePathThatHasWhatFunctionsNeedIsFound() throws IOException {
    Path bare = pythonIn("bare", "");
    Path fit = pythonIn("fit", "4.2.0");

    PythonChoice choice = PythonChoice.of(null, Map.of(), path(bare, fit), SPARK);

    assertThat(choice.executable()).contains(fit.resolve("python3").toString());
    assertThat(choice.said())
        .isEqualTo(
            fit.resolve("python3")
                + " (Python 3.11, pyspark 4.2.0) runs the functions of clients with Python 3.11");
  }

  @Test
  void whereThereIsNoneItIsSaidHowToMakeOne() throws IOException {
    PythonChoice choice = PythonChoice.of(null, Map.of(), path(pythonIn("bare", "")), SPARK);

    assertThat(choice.executable()).isEmpty();
    assertThat(choice.said())
        .contains("no python3 on the PATH", "pip install 'pyspark-client==4.2.*'", "--python");
  }

  @Test
  void theConfigurationIsTakenBeforeTheEnvironmentAndToldWhatItLacks() throws IOException {
    Path bare = pythonIn("bare", "").resolve("python3");

    PythonChoice choice =
        PythonChoice.of(
            null,
            Map.of("spark.pyspark.python", bare.toString()),
            Map.of("PYSPARK_PYTHON", "/other/python"),
            SPARK);

    assertThat(choice.executable()).contains(bare.toString());
    assertThat(choice.said()).contains("lacks pyspark 4.2: Python functions of clients will fail");
  }

  @Test
  void anOptionThatFunctionsCannotRunWithIsRefused() throws IOException {
    String bare = pythonIn("bare", "").resolve("python3").toString();

    assertThatThrownBy(() -> PythonChoice.of(bare, Map.of(), Map.of(), SPARK))
        .hasMessageContaining(bare + " (Python 3.11) lacks pyspark 4.2, without which");
  }

  @Test
  void onAClusterNothingOfThisMachineIsLookedAt() {
    PythonChoice choice =
        PythonChoice.of(
            "/opt/python", Map.of("spark.master", "spark://host:7077"), Map.of(), SPARK);

    assertThat(choice.executable()).contains("/opt/python");
    assertThat(choice.said()).contains("of each executor's machine");
  }
}
