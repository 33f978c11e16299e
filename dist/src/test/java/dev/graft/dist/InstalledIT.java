package dev.graft.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Graft as somebody has it who has Python and Java alone: from wheels, and from the archive on the
 * Spark that pip has brought. There is no Maven, no checkout and nothing in the home folder.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class InstalledIT {
  private static final Path TESTS = Shell.ROOT.resolve("dist/python/tests");
  private static final Path OWN =
      Shell.ROOT.resolve("plugin-examples/portable/target/acme-frames-1.0.0.jar");

  /** Its packages stay for the next run: Spark's is half a gigabyte. */
  private static final Path PYTHON = Path.of("target/python").toAbsolutePath();

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private static Path folder;

  private static Shell shell;
  private static Map<String, String> environment;

  @BeforeAll
  static void install() throws Exception {
    shell = new Shell(Files.createDirectories(folder.resolve("home")));
    environment = withoutMaven();
    shell.run(folder, Map.of(), "python3", script("assemble"), "--home-only");
    Path lock = TESTS.resolve("requirements.txt");
    Path installed = PYTHON.resolve("installed.txt");
    if (!Files.exists(installed) || Files.mismatch(installed, lock) >= 0) {
      shell.run(folder, Map.of(), "python3", "-m", "venv", "--clear", PYTHON.toString());
      pip("install", "-r", lock.toString());
      Files.copy(lock, installed);
    }
    Path wheels = Files.createDirectories(folder.resolve("wheels"));
    for (String project : List.of("encoders/python", "dist/python")) {
      pip("wheel", "--no-deps", "-w", wheels.toString(), Shell.ROOT.resolve(project).toString());
    }
    try (Stream<Path> found = Files.list(wheels)) {
      pip(
          Stream.concat(
                  Stream.of("install", "--no-deps", "--force-reinstall"), found.map(Path::toString))
              .toArray(String[]::new));
    }
  }

  private static String script(String name) {
    return Shell.ROOT.resolve("dist").resolve(name).toString();
  }

  private static void pip(String... arguments) throws Exception {
    shell.run(
        folder,
        Map.of(),
        Stream.concat(Stream.of(program("python"), "-m", "pip", "--quiet"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static String program(String name) {
    return PYTHON.resolve("bin").resolve(name).toString();
  }

  /** A Maven that fails stands before any other. */
  private static Map<String, String> withoutMaven() throws IOException {
    Path none = Files.createDirectories(folder.resolve("none")).resolve("mvn");
    Files.writeString(none, "#!/bin/sh\necho 'Maven was called' >&2\nexit 1\n");
    assertThat(none.toFile().setExecutable(true)).isTrue();
    Map<String, String> made = new HashMap<>();
    made.put("PATH", none.getParent() + ":" + System.getenv("PATH"));
    return made;
  }

  @Test
  void wheelsGiveRowsOfBuiltinAndOwnPluginsWithinAMinute() throws Exception {
    long began = System.nanoTime();
    String said =
        shell.run(
            folder,
            environment,
            program("python"),
            TESTS.resolve("first_rows.py").toString(),
            OWN.toString());

    assertThat(said).contains("first rows after ");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(MINUTE);
  }

  @Test
  void sessionsAndTheCommandWorkAsInstalled() throws Exception {
    Map<String, String> withPlugin = new HashMap<>(environment);
    withPlugin.put("GRAFT_OWN_PLUGIN", OWN.toString());
    String said =
        shell.run(folder, withPlugin, program("python"), "-m", "pytest", "-q", TESTS.toString());
    assertThat(said).contains(" passed").doesNotContain("skipped");
  }

  @Test
  void theArchiveRunsItsDemoOnTheSparkOfPip() throws Exception {
    Path spark =
        Path.of(
            shell
                .run(
                    folder,
                    Map.of(),
                    program("python"),
                    "-c",
                    "import pyspark; print(pyspark.__path__[0])")
                .strip());
    Map<String, String> onSpark = new HashMap<>(environment);
    onSpark.put("SPARK_HOME", spark.toString());
    onSpark.put("PYSPARK_PYTHON", program("python"));

    String said =
        shell.run(
            folder, onSpark, Path.of("target/home/bin/graft").toAbsolutePath().toString(), "demo");

    assertThat(said).contains("Chinstrap", spark.toString());
  }
}
