package dev.graft.cli.byhand;

import dev.graft.cli.python.Pytest;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.servers.SparkLine;
import dev.graft.testkit.seed.RunSeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Extensions behave like the plans they stand for, on the lines that keep plans: what they answer
 * is of the moment, subqueries may be their arguments, and random programs of DataFrame steps tell
 * the same by extension and by hand.
 *
 * <p>In the ordinary build the newest line is tried, from inside and through a gateway, and a
 * hundred random programs on it and the oldest that keeps plans. The long run adds the other lines,
 * and draws thousands of programs.
 */
@ParameterizedClass
@MethodSource("lines")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class ByHandIT {
  private static final Path TESTS = Path.of("src/test/byhand").toAbsolutePath();
  private static final int PROGRAMS = 50;
  private static final int PROGRAMS_IF_LONG = 1_500;
  private static final RunSeed RUN = RunSeed.ofThisRun();

  private static ByHandServer server;

  @Parameter SparkLine line;

  static Stream<SparkLine> lines() {
    return RUN.isLong()
        ? Stream.of(SparkLine.SPARK_4_0, SparkLine.SPARK_4_1, SparkLine.SPARK_4_2)
        : Stream.of(SparkLine.SPARK_4_0, SparkLine.SPARK_4_2);
  }

  @BeforeParameterizedClassInvocation
  static void startServer(SparkLine line, @TempDir Path folder) throws IOException {
    server = ByHandServer.start(line, folder);
  }

  @AfterParameterizedClassInvocation
  static void stopServer() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> insideSpark(@TempDir Path folder) throws Exception {
    if (isLeftOut()) {
      return Stream.empty();
    }
    return pytest(folder, "spark", server.spark().address())
        .run(TESTS, folder.resolve("results.xml"), "-m", "not programs");
  }

  @TestFactory
  Stream<DynamicTest> throughAGateway(@TempDir Path folder) throws Exception {
    if (isLeftOut()) {
      return Stream.empty();
    }
    return pytest(folder, "gateway", server.gateway().address())
        .run(TESTS, folder.resolve("results.xml"), "-m", "not programs");
  }

  /** On the oldest line that keeps plans, and on the newest. */
  @TestFactory
  Stream<DynamicTest> randomPrograms(@TempDir Path folder) throws Exception {
    if (line == SparkLine.SPARK_4_1) {
      return Stream.empty();
    }
    return pytest(folder, "spark", server.spark().address())
        // Each line has programs of its own.
        .with("GRAFT_SEED", RUN.seed() + "-" + line.number())
        .with("GRAFT_PROGRAMS", Integer.toString(RUN.isLong() ? PROGRAMS_IF_LONG : PROGRAMS))
        .run(TESTS, folder.resolve("results.xml"), "-m", "programs");
  }

  /** Whether the ordinary build tries the line by random programs alone. */
  private boolean isLeftOut() {
    return !RUN.isLong() && line != SparkLine.NEWEST;
  }

  private Pytest pytest(Path folder, String through, String address) throws Exception {
    // 4.1 is asked by the client of the line before it, which has what the tests need.
    PythonEnvironment python =
        line == SparkLine.NEWEST
            ? PythonEnvironment.of(line)
            : PythonEnvironment.ofLock(TESTS.resolve("requirements/4.0.txt"), "pyspark-4.0");
    return new Pytest(python.printingTo(folder.resolve("pytest.log")))
        .with("GRAFT_SERVER", address)
        .with("GRAFT_THROUGH", through);
  }
}
