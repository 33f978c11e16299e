package dev.graft.generate.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.graft.generate.Clients;
import dev.graft.generate.GeneratedFile;
import dev.graft.generate.model.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of generated modules: none hides a module that a program needs. */
class PythonModulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"profile", "types", "select", "code", "graft", "pyspark", "pandas", "class"})
  void aNameThatIsTakenGetsAnUnderscore(String name) {
    assertThat(PythonNames.module(Name.of(name))).isEqualTo(name + "_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "top_k", "profiles", "check"})
  void everyOtherNameStaysAsItIs(String name) {
    assertThat(PythonNames.module(Name.of(name))).isEqualTo(name);
  }

  @Test
  void theFileOfAModuleHasItsName(@TempDir Path folder) {
    assertThat(
            Clients.generate(
                    "python",
                    folder,
                    "profile.proto",
                    """
                    syntax = "proto3";
                    package acme.v1;
                    import "graft/annotations.proto";
                    message Profile { option (graft.operation) = {kind: COMMAND}; }
                    """)
                .files())
        .extracting(GeneratedFile::path)
        .containsExactly("profile_.py");
  }

  @Test
  void everyModuleOfThePythonThatIsHereIsKnown() throws Exception {
    List<String> known;
    try {
      Process python =
          new ProcessBuilder("python3", "-c", "import sys; print(*sys.stdlib_module_names)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      python.getOutputStream().close();
      String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      known =
          python.waitFor() == 0
              ? List.of(said.strip().split(" "))
              : abort("Python is older than 3.10, which knows its own modules");
    } catch (IOException e) {
      known = abort("There is no Python");
    }
    assertThat(known)
        .contains("profile")
        .filteredOn(name -> !name.startsWith("_"))
        .allMatch(PythonModules::isTaken);
  }
}
