package dev.graft.cli.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.encoders.Toolchains;
import dev.graft.cli.programs.Programs;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.servers.SparkLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients as their registries take them: packed, looked over by the tools of each language, and
 * used by programs outside of the checkout. Nothing is published.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class PackagesIT {
  private static final Path DIST = Path.of("../dist").toAbsolutePath().normalize();

  /** What the scripts use of the system beside the tools of the languages. */
  private static final List<String> OF_SYSTEM =
      List.of(
          "basename",
          "bash",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "mkdir",
          "mktemp",
          "readlink",
          "rm",
          "sed",
          "sort");

  private record Run(int status, List<String> said) {
    String text() {
      return String.join("\n", said);
    }
  }

  @TempDir private static Path folder;
  private static Path packages;
  private static PythonEnvironment python;

  @BeforeAll
  static void pack() throws Exception {
    Toolchains.requireGo();
    Toolchains.requireRust();
    Toolchains.installTypeScript();
    python = PythonEnvironment.of(SparkLine.SPARK_4_2);
    packages = folder.resolve("packages");
    assertRuns(Map.of(), "packages", packages.toString());
  }

  private static Run run(Map<String, String> variables, String script, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(DIST.resolve(script).toString()));
    command.addAll(List.of(arguments));
    List<String> said = new ArrayList<>();
    return new Run(Programs.run(folder, variables, command, said::add), said);
  }

  private static Run assertRuns(Map<String, String> variables, String script, String... arguments)
      throws Exception {
    Run run = run(variables, script, arguments);
    assertThat(run.status()).as(run.text()).isZero();
    return run;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  @Test
  void eachLanguageHasItsPackage() throws Exception {
    assertThat(files(packages).stream().map(String::valueOf).collect(Collectors.joining("\n")))
        .matches(
            """
            crates/graft-connect-VERSION\\.crate
            go/graft\\.dev/encoders/go/@v/list
            go/graft\\.dev/encoders/go/@v/vVERSION\\.info
            go/graft\\.dev/encoders/go/@v/vVERSION\\.mod
            go/graft\\.dev/encoders/go/@v/vVERSION\\.zip
            npm/graft-connect-VERSION\\.tgz
            python/graft_connect-VERSION-py3-none-any\\.whl
            python/graft_connect-VERSION\\.tar\\.gz"""
                .replace("VERSION", "\\d+\\.\\d+\\.\\d+\\S*"));
  }

  @Test
  void packedAgainByAnotherUserElsewhereTheyHaveTheSameBytes() throws Exception {
    Path again = folder.resolve("again");
    Map<String, String> elsewhere = Map.of("TZ", "Asia/Tokyo", "LC_ALL", "C", "USER", "somebody");
    String script = "umask 077; exec '%s' '%s'".formatted(DIST.resolve("packages"), again);

    assertThat(Programs.run(folder, elsewhere, List.of("sh", "-c", script))).isZero();

    assertThat(files(again)).isEqualTo(files(packages));
    for (Path file : files(again)) {
      assertThat(Files.mismatch(again.resolve(file), packages.resolve(file)))
          .as("the first byte that differs in %s", file)
          .isEqualTo(-1);
    }
  }

  @Test
  void theRegistriesToolsHaveNothingToComplainOf() throws Exception {
    assertThat(assertRuns(Toolchains.RUST_TARGET, "check-packages", packages.toString()).said())
        .contains("Checked: python npm crates go");
  }

  @Test
  void programsElsewhereEncodeWithThemToTheByte() throws Exception {
    Map<String, String> withPySpark =
        Map.of(
            "PACKAGES_PYTHON",
            python.program("python").toString(),
            "CARGO_TARGET_DIR",
            Toolchains.RUST_TARGET.get("CARGO_TARGET_DIR"));
    assertThat(assertRuns(withPySpark, "try-packages", packages.toString()).said())
        .contains(
            "Python: exampleMask to the byte",
            "TypeScript: exampleMask to the byte",
            "Rust: exampleMask to the byte",
            "Go: exampleMask to the byte");
  }

  @Test
  void whatHasNoToolchainIsSaidAndLeftOutOnlyIfThatIsAllowed() throws Exception {
    Path programs = Files.createDirectory(folder.resolve("bin"));
    for (String program : OF_SYSTEM) {
      Files.createSymbolicLink(programs.resolve(program), onPath(program));
    }
    Map<String, String> without = Map.of("PATH", programs.toString());
    String out = folder.resolve("without").toString();

    Run refused = run(without, "packages", out);
    Run allowed = run(without, "packages", "--allow-missing", out);
    for (String program : OF_SYSTEM) {
      Files.delete(programs.resolve(program)); // JUnit warns of links that it deletes
    }

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.text())
        .contains("No Python package: there is no Python 3.11")
        .contains("No npm package", "No crate: Cargo is not on the PATH.", "No Go module")
        .contains("leave it out with --allow-missing");
    assertThat(allowed.status()).isZero();
    assertThat(allowed.text()).contains("No crate");
  }

  private static Path onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(each -> Path.of(each, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whereThereAreNoPackagesTheScriptsSayHowToMakeThem() throws Exception {
    String empty = Files.createDirectory(folder.resolve("empty")).toString();
    for (String script : List.of("check-packages", "try-packages")) {
      Run refused = run(Map.of(), script, empty);
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.text()).contains("There are no packages in", "dist/packages " + empty);
    }
  }

  @Test
  void imagesScriptsAndFilesForKubernetesAreAsTheirSchemasAndLintersWant() throws Exception {
    assertThat(assertRuns(Map.of(), "check-deployment").said())
        .contains("Checked: images, kubernetes, scripts");
  }
}
