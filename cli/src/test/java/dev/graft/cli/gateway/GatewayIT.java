package dev.graft.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.graft.api.node.Nodes;
import dev.graft.cli.lines.GraftProgram;
import dev.graft.cli.lines.PortableExamples;
import dev.graft.cli.python.Pytest;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Extensions;
import dev.graft.encoder.RequestFailedException;
import dev.graft.servers.SparkLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The example jars in a gateway before real servers that have nothing of Graft in them. The rows
 * are those of {@code SparkLineIT}, where the same jars are inside Spark.
 */
@ParameterizedClass
@EnumSource(
    value = SparkLine.class,
    names = {"SPARK_3_5", "SPARK_4_2"})
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class GatewayIT extends PortableExamples {
  private static final Path CLIENT_TESTS = Path.of("src/test/python").toAbsolutePath();

  private static ServerProcess spark;
  private static ExampleGateway gateway;
  private static ConnectSession session;

  @Parameter SparkLine line;

  @BeforeParameterizedClassInvocation
  static void start(SparkLine line, @TempDir Path folder) throws Exception {
    spark = PlainSpark.start(line, folder);
    gateway = ExampleGateway.before(spark, folder);
    session = ConnectSession.connect(gateway.address() + "/;user_id=tester");
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    session.close();
    gateway.close();
    spark.close();
  }

  /** Those of the Python encoder's tests that need a server, with the real PySpark client. */
  @TestFactory
  Stream<DynamicTest> pythonEncoder(@TempDir Path folder) throws Exception {
    String chosen = line == SparkLine.SPARK_4_2 ? "not breadth" : "not artifacts";
    return new Pytest(PythonEnvironment.of(line))
        .runEncoderTests(
            gateway.address(), folder.resolve("results.xml"), "-m", "server and " + chosen);
  }

  /** What clients do in a session, and what becomes of it when connections break. */
  @TestFactory
  Stream<DynamicTest> clientSession(@TempDir Path folder) throws Exception {
    return new Pytest(PythonEnvironment.of(line))
        .with("GRAFT_GATEWAY", gateway.address())
        .with("GRAFT_BACKEND", spark.address())
        .with("GRAFT_COMMAND", String.join("\n", GraftProgram.command()))
        .with("GRAFT_GATEWAY_CONF", gateway.configuration().toString())
        .run(CLIENT_TESTS, folder.resolve("results.xml"), "-s");
  }

  @Test
  void theServerBehindKnowsNoExtension() {
    try (ConnectSession direct = ConnectSession.connect(spark.address())) {
      assertThatThrownBy(() -> direct.rows(topK(CITIES, 1)).close())
          .isInstanceOfSatisfying(
              RequestFailedException.class,
              failure ->
                  assertThat(failure.errorCode()).contains("GRAFT_SERVER_WITHOUT_EXTENSION"));
    }
  }

  @Test
  void theDoctorFindsGraftInTheGatewayAndNotBehindIt() throws Exception {
    assertThat(doctor(gateway.address()))
        .containsPattern("ok +Connect +a server of Spark " + line.number())
        .containsPattern("ok +Graft +is there, with \\d+ extensions")
        .endsWith("status 0");
    assertThat(doctor(spark.address()))
        .containsPattern("warning +Graft +is not there: .* put a gateway in front of it")
        .endsWith("status 0");
  }

  private static String doctor(String address) throws Exception {
    List<String> command = new ArrayList<>(GraftProgram.command());
    command.addAll(List.of("doctor", address));
    Process doctor = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + "status " + doctor.waitFor();
  }

  @Test
  void unknownTypeUrlIsRefusedWithItsCode() {
    assertThatThrownBy(
            () ->
                rows(
                    Extensions.relation(
                        "type.googleapis.com/acme.frames.v1.TopKay", ByteString.EMPTY)))
        .isInstanceOfSatisfying(
            RequestFailedException.class,
            failure -> assertThat(failure.errorCode()).contains("GRAFT_EXTENSION_UNKNOWN"))
        .hasMessageContaining(
            "Closest loaded names: acme.frames.v1.TopK, acme.frames.v1.CountNulls.");
  }

  @Test
  void theServersOwnErrorsStayAsTheyAre() {
    assertThatThrownBy(() -> rows(topK(Nodes.table("there_is_no_such_table").build(), 1)))
        .isInstanceOf(RequestFailedException.class)
        .hasMessageContaining("there_is_no_such_table")
        .message()
        .doesNotContain("GRAFT_");
  }

  @Test
  void nativePluginIsRefusedAtLoadWithAWordOnWhereItRuns() {
    assertThat(gateway.loadReport())
        .contains("Graft in gateway: 9 plugins loaded, 1 refused")
        .containsPattern("refused +GRAFT_LINK_MISMATCH +com.acme.nativeplans.NumberedPlugin in ")
        .contains("run it inside Spark");
  }

  @Override
  protected ConnectSession session() {
    return session;
  }

  @Override
  protected List<String> hostAndVersion() {
    return List.of("gateway", line.version());
  }
}
