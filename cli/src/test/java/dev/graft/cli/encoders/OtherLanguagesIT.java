package dev.graft.cli.encoders;

import static dev.graft.cli.encoders.Toolchains.GO;
import static dev.graft.cli.encoders.Toolchains.RUST;
import static dev.graft.cli.encoders.Toolchains.RUST_TARGET;
import static dev.graft.cli.encoders.Toolchains.TYPESCRIPT;
import static dev.graft.cli.encoders.Toolchains.assertRuns;
import static dev.graft.cli.encoders.Toolchains.requireGo;
import static dev.graft.cli.encoders.Toolchains.requireRust;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.programs.CargoTests;
import dev.graft.cli.programs.JUnitResults;
import dev.graft.cli.programs.Programs;
import dev.graft.servers.SparkLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The encoders of languages with tools of their own: their own tests, the vectors among them, and
 * generated clients on a real server, inside Spark and through a gateway.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class OtherLanguagesIT {
  private static KitServers servers;

  @BeforeAll
  static void start(@TempDir Path folder) {
    servers = KitServers.start(SparkLine.SPARK_4_2, folder);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Test
  void goIsFormattedAndHasNothingToComplainOf() throws Exception {
    requireGo();
    assertRuns(GO, "go", "vet", "./...");
    assertRuns(GO, "sh", "-c", "test -z \"$(gofmt -l .)\"");
    assertRuns(GO, "go", "tool", "staticcheck", "./...");
  }

  @TestFactory
  Stream<DynamicTest> go(@TempDir Path folder) throws Exception {
    requireGo();
    return goTests(GO, folder, Map.of());
  }

  @TestFactory
  Stream<DynamicTest> goClient(@TempDir Path folder) throws Exception {
    requireGo();
    GeneratedClients.generate("go", GO.resolve("endtoend"));
    return onEachServer(
        (server, results) -> goTests(GO.resolve("endtoend"), results, server), folder);
  }

  @Test
  void typeScriptIsFormattedAndHasNothingToComplainOf() throws Exception {
    buildTypeScript();
    assertRuns(TYPESCRIPT, "npm", "run", "--silent", "lint");
  }

  @TestFactory
  Stream<DynamicTest> typeScript(@TempDir Path folder) throws Exception {
    buildTypeScript();
    return npmTests("test", folder, Map.of());
  }

  @TestFactory
  Stream<DynamicTest> typeScriptClient(@TempDir Path folder) throws Exception {
    buildTypeScript();
    return onEachServer((server, results) -> npmTests("test:server", results, server), folder);
  }

  @Test
  void rustIsFormattedAndHasNothingToComplainOf() throws Exception {
    generateRust();
    for (Path crate : List.of(RUST, RUST.resolve("endtoend"))) {
      assertRuns(crate, "cargo", "fmt", "--check");
      assertRuns(crate, "cargo", "clippy", "--locked", "--all-targets", "--", "--deny", "warnings");
    }
  }

  @TestFactory
  Stream<DynamicTest> rust() throws Exception {
    requireRust();
    return CargoTests.run(RUST, RUST_TARGET, List.of("--locked"));
  }

  @TestFactory
  Stream<DynamicTest> rustClient(@TempDir Path folder) throws Exception {
    generateRust();
    return onEachServer((server, results) -> rustClientTests(server), folder);
  }

  /** Committed, since the packages are published as sources. */
  @Test
  void theMessagesOfGoAreWhatTheirProtosGive() throws Exception {
    requireGo();
    assertIsGenerated(GO, "connect/generate.sh", "connect/*.pb.go");
  }

  @Test
  void theMessagesOfRustAreWhatTheirProtosGive() throws Exception {
    requireRust();
    assertIsGenerated(
        RUST, "messages/generate.sh", "src/spark/messages.rs", "src/descriptors/known.binpb");
  }

  /** Generates anew, in place: what is other than before is to be committed. */
  private static void assertIsGenerated(Path module, String script, String... globs)
      throws Exception {
    Map<String, String> before = new TreeMap<>();
    for (String glob : globs) {
      Map<String, String> files = contents(module.resolve(glob));
      assertThat(files).as(glob).isNotEmpty();
      before.putAll(files);
    }
    assertRuns(module, "sh", script);
    for (String glob : globs) {
      contents(module.resolve(glob))
          .forEach(
              (file, content) ->
                  assertThat(content.equals(before.get(file)))
                      .as("%s has written what is there already in %s", script, file)
                      .isTrue());
    }
  }

  private static Map<String, String> contents(Path glob) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            Objects.requireNonNull(glob.getParent()), String.valueOf(glob.getFileName()))) {
      for (Path file : files) {
        contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private interface Tests {
    Stream<DynamicTest> run(Map<String, String> server, Path folder) throws Exception;
  }

  private static Stream<DynamicTest> onEachServer(Tests tests, Path folder) throws Exception {
    List<DynamicTest> all = new ArrayList<>();
    for (String address : List.of(servers.graft().address(), servers.gateway().address())) {
      Path results = Files.createTempDirectory(folder, "results");
      Map<String, String> server =
          Map.of(
              "SPARK_REMOTE", address,
              "GRAFT_SESSION_JAR", servers.sessionJar().toString(),
              "GRAFT_NEWER", servers.newer().toString());
      all.addAll(tests.run(server, results).toList());
    }
    return all.stream();
  }

  private static Stream<DynamicTest> goTests(
      Path module, Path folder, Map<String, String> variables) throws Exception {
    Path results = folder.resolve("go.xml");
    // A result is no result of this run, though what was tested is unchanged: the server is not.
    Programs.run(
        module,
        variables,
        List.of(
            "go",
            "tool",
            "gotestsum",
            "--junitfile",
            results.toString(),
            "--",
            "-count=1",
            "./..."));
    return JUnitResults.read("gotestsum", results);
  }

  private static Stream<DynamicTest> npmTests(
      String script, Path folder, Map<String, String> variables) throws Exception {
    Path results = folder.resolve("node.xml");
    Map<String, String> all = new HashMap<>(variables);
    all.put("JUNIT_XML", results.toString());
    Programs.run(TYPESCRIPT, all, List.of("npm", "run", "--silent", script));
    return JUnitResults.read("node", results);
  }

  private static Stream<DynamicTest> rustClientTests(Map<String, String> server) throws Exception {
    Map<String, String> variables = new HashMap<>(server);
    variables.putAll(RUST_TARGET);
    return CargoTests.run(
        RUST.resolve("endtoend"), variables, List.of("--locked", "--tests", "--", "--ignored"));
  }

  private static void buildTypeScript() throws Exception {
    Toolchains.buildTypeScript();
    // The linter follows the types of what the end-to-end test imports.
    GeneratedClients.generate("typescript", TYPESCRIPT.resolve("end-to-end/client"));
  }

  private static void generateRust() throws Exception {
    requireRust();
    GeneratedClients.generate("rust", RUST.resolve("endtoend/src/client"));
  }
}
