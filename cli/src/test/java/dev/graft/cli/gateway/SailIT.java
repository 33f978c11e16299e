package dev.graft.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.graft.cli.lines.PortableExamples;
import dev.graft.cli.python.Pytest;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.RequestFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example jars in a gateway before Sail, which is not Spark and refuses every extension by
 * itself.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class SailIT extends PortableExamples {
  private static PythonEnvironment python;
  private static ServerProcess sail;
  private static ExampleGateway gateway;
  private static ConnectSession session;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    python = PythonEnvironment.ofSail();
    int port = ServerProcess.freePort();
    sail =
        ServerProcess.start(
            List.of(
                python.program("sail").toString(),
                "spark",
                "server",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port)),
            Map.of(),
            port,
            folder);
    gateway = ExampleGateway.before(sail, folder);
    session = ConnectSession.connect(gateway.address() + "/;user_id=tester");
  }

  @AfterAll
  static void stop() {
    session.close();
    gateway.close();
    sail.close();
  }

  @TestFactory
  Stream<DynamicTest> pythonEncoder(@TempDir Path folder) throws Exception {
    return new Pytest(python)
        .runEncoderTests(
            gateway.address(), folder.resolve("results.xml"), "-m", "server and not artifacts");
  }

  @Test
  void theServerBehindKnowsNoExtension() {
    try (ConnectSession direct = ConnectSession.connect(sail.address())) {
      assertThatThrownBy(() -> direct.rows(topK(CITIES, 1)).close())
          .isInstanceOfSatisfying(
              RequestFailedException.class,
              failure ->
                  assertThat(failure.errorCode()).contains("GRAFT_SERVER_WITHOUT_EXTENSION"));
    }
  }

  @Test
  void whatTheServerCannotDoItSaysInItsOwnWords() {
    Relation call = session.sql("SELECT there_is_no_such_function(1)");
    try (ConnectSession direct = ConnectSession.connect(sail.address())) {
      RequestFailedException own =
          catchThrowableOfType(RequestFailedException.class, () -> direct.rows(call).close());

      assertThatThrownBy(() -> session.rows(call).close())
          .isInstanceOf(RequestFailedException.class)
          .hasMessage(own.getMessage())
          .hasMessageContaining("there_is_no_such_function");
    }
  }

  @Override
  protected ConnectSession session() {
    return session;
  }

  @Override
  protected List<String> hostAndVersion() {
    return List.of("gateway", "4.2.0");
  }
}
