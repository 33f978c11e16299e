package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated Python, before the tools that its users have: ruff, mypy and Python itself. */
class PythonClientIT {
  private static final Path ENVIRONMENT = Path.of("target/python-tools").toAbsolutePath();
  private static final Path REQUIREMENTS = Clients.resource("requirements.txt");
  private static final Path RUNTIME = Path.of("../python/src").toAbsolutePath().normalize();

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void environment() throws Exception {
    Path installed = ENVIRONMENT.resolve("installed.txt");
    if (Files.exists(installed) && Files.mismatch(installed, REQUIREMENTS) < 0) {
      return;
    }
    must(List.of("python3", "-m", "venv", "--clear", ENVIRONMENT.toString()));
    must(List.of(tool("python"), "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS.toString()));
    Files.copy(REQUIREMENTS, installed);
  }

  @Test
  void everyKindOfFieldPassesAllTools() throws Exception {
    write(Clients.everything("python"));
    formatted();
    linted();
    typed();
  }

  @Test
  void theExamplesPassAllTools() throws Exception {
    write(Clients.examples("python"));
    formatted();
    linted();
    typed();
  }

  @Test
  void theVectorsPassAllTools() throws Exception {
    write(Clients.vectors("python"));
    formatted();
    linted();
    typed();
  }

  @Test
  void hostileDescriptorsGiveModulesThatAllToolsAccept() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      GeneratedFile module = HostileDescriptors.random(seed).generate("python").files().get(0);
      Files.writeString(folder.resolve("hostile_" + seed + ".py"), module.text());
    }
    run(tool("python"), "-m", "compileall", "-q", ".");
    run(tool("ruff"), "check", "--isolated", "--select=E,F,I", "--ignore=E501", ".");
    typed();
  }

  @Test
  void aThousandFieldsCompile() throws Exception {
    write(HostileDescriptors.withFields(1_000).generate("python"));
    formatted();
    typed();
  }

  private void write(Generator.Result result) {
    new OutputFolder(folder).write(result.files());
  }

  /** At the width that ruff has by itself, and at that of this project. */
  private void formatted() throws Exception {
    run(tool("ruff"), "format", "--isolated", "--diff", "--line-length=88", ".");
    run(tool("ruff"), "format", "--isolated", "--diff", "--line-length=100", ".");
  }

  private void linted() throws Exception {
    run(
        tool("ruff"),
        "check",
        "--isolated",
        "--line-length=88",
        "--select=E,F,I,B,UP,D,ANN,RUF,SIM,PT",
        // Any is what Spark's answers are; the mood of a sentence is its author's.
        "--ignore=ANN401,D401",
        "--config=lint.pydocstyle.convention=\"numpy\"",
        ".");
  }

  private void typed() throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("mypy.ini"),
            """
            [mypy]
            strict = true
            follow_imports = silent
            [mypy-pyspark.*]
            ignore_missing_imports = true
            follow_imports = skip
            [mypy-google.protobuf.*]
            ignore_missing_imports = true
            """);
    run(
        tool("mypy"),
        "--config-file=" + configuration,
        "--cache-dir=" + ENVIRONMENT.resolve("mypy"),
        ".");
  }

  private static String tool(String name) {
    return ENVIRONMENT.resolve("bin/" + name).toString();
  }

  private void run(String... command) throws Exception {
    assertThat(run(folder, List.of(command))).isEmpty();
  }

  /** A toolchain that is not there is a visible skip on a developer's machine; CI has it. */
  private static void must(List<String> command) throws Exception {
    String said = run(Path.of("."), command);
    if (!said.isEmpty()) {
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        fail(said + ", and CI must have it");
      }
      abort(said + ": the tests of generated Python are skipped");
    }
  }

  /** Runs a program; returns what it says if it fails. */
  private static String run(Path folder, List<String> command) throws Exception {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().put("MYPYPATH", RUNTIME.toString());
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      return status == 0 ? "" : String.join(" ", command) + " ended with " + status + ":\n" + said;
    } catch (IOException e) {
      return String.join(" ", command) + " cannot be run: " + e.getMessage();
    }
  }
}
