package dev.graft.cli.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.python.Pytest;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.testkit.seed.RunSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plugins that ship with Graft at work: their answers compared with those of other programs, by
 * the Python tests beside them.
 */
@ParameterizedClass
@MethodSource("dev.graft.cli.builtin.Place#all")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class BuiltinPluginsIT {
  private static final Path TESTS = Path.of("../plugins-builtin/src/test/python").toAbsolutePath();

  private static BuiltinServer server;
  private static Path openFolder;

  @Parameter Place place;

  @BeforeParameterizedClassInvocation
  static void startServer(Place place, @TempDir Path folder) throws IOException {
    server = BuiltinServer.start(place, folder);
    openFolder = BuiltinServer.openFolderIn(folder).toAbsolutePath();
    System.out.println(server.loadReport());
  }

  @AfterParameterizedClassInvocation
  static void stopServer() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> answersAreThoseOfOtherPrograms(@TempDir Path folder) throws Exception {
    PythonEnvironment python = PythonEnvironment.of(place.client());
    Pytest pytest =
        new Pytest(python.printingTo(folder.resolve("pytest.log")))
            .with("GRAFT_SERVER", server.address())
            .with("GRAFT_FOLDER", openFolder.toString())
            .with("GRAFT_LINE", place.line().number())
            .with("GRAFT_THROUGH", place.throughGateway() ? "gateway" : "spark")
            .with("GRAFT_SIZES", sizes())
            .with("GRAFT_EXAMPLES", place.thorough() ? "6" : "2")
            .with("GRAFT_BREADTH", place.narrow() ? "narrow" : "full");
    // Two files at a time, since a server plans each query in one thread.
    List<DynamicTest> tests =
        new ArrayList<>(
            pytest
                .run(
                    TESTS,
                    folder.resolve("results.xml"),
                    "-m",
                    "not alone",
                    "-n",
                    "2",
                    "--dist",
                    "loadfile")
                .toList());
    if (!place.throughGateway()) {
      pytest.run(TESTS, folder.resolve("alone.xml"), "-m", "alone").forEach(tests::add);
    }
    return tests.stream();
  }

  private String sizes() {
    if (!place.thorough()) {
      return "small";
    }
    return RunSeed.ofThisRun().isLong() ? "all" : "medium";
  }

  @Test
  void everyPluginIsLoadedWhereItCanRun() throws IOException {
    int portable = services("dev.graft.api.").size();
    int ofSpark = services("dev.graft.api.spark.").size();

    assertThat(server.loadReport())
        .contains(
            place.throughGateway()
                ? portable + " plugins loaded, 0 refused" // it does not look for native ones
                : portable + ofSpark + " plugins loaded, 0 refused");
  }

  /** The classes that the jar's services files of a package name, without its sub-packages. */
  private static List<String> services(String packagePrefix) throws IOException {
    try (JarFile jar = new JarFile(server.jar().toFile())) {
      return jar.stream()
          .filter(
              entry ->
                  entry
                      .getName()
                      .matches(
                          "META-INF/services/" + packagePrefix.replace(".", "\\.") + "[A-Z]\\w*"))
          .flatMap(
              entry -> {
                try (var in = jar.getInputStream(entry)) {
                  return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .filter(name -> !name.isBlank())
          .toList();
    }
  }
}
