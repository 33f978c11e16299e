package dev.graft.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.graft.api.node.Nodes;
import dev.graft.cli.lines.PortableExamples;
import dev.graft.cli.spark.SparkLine;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Extensions;
import dev.graft.encoder.RequestFailedException;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
  private static final List<String> EXAMPLES =
      List.of(
          "portable/target/acme-frames-1.0.0.jar",
          "old-protobuf/target/acme-legacy-1.0.0.jar",
          "no-protobuf/target/acme-waist-1.0.0.jar",
          "native/target/acme-native-1.0.0.jar");

  private static PlainSpark spark;
  private static Gateway gateway;
  private static ConnectSession session;

  @Parameter SparkLine line;

  @BeforeParameterizedClassInvocation
  static void start(SparkLine line, @TempDir Path folder) throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    for (String example : EXAMPLES) {
      Path jar = Path.of("../plugin-examples").resolve(example);
      Files.copy(jar, plugins.resolve(jar.getFileName()));
    }
    spark = PlainSpark.start(line, folder);
    gateway =
        Gateway.start(
            new GatewaySettings("127.0.0.1", 0, 128 << 20, Duration.ofSeconds(5), 2),
            Map.of(
                "graft.plugins.path",
                plugins.toString(),
                "connect.extensions.relation.classes",
                "com.acme.frames.TopKPlugin,com.acme.legacy.StampPlugin,com.acme.waist.SequencePlugin,"
                    + "com.acme.nativeplans.NumberedPlugin",
                "connect.extensions.expression.classes",
                "com.acme.frames.MaskPlugin",
                "connect.extensions.command.classes",
                "com.acme.frames.SummarizePlugin,com.acme.frames.PublishPlugin,com.acme.frames.AboutPlugin,"
                    + "com.acme.frames.RemarkPlugin"),
            BackendAddress.parse(spark.address()));
    session = ConnectSession.connect(gateway.address() + "/;user_id=tester");
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    session.close();
    gateway.close();
    spark.close();
  }

  @Test
  void theServerBehindKnowsNoExtension() {
    try (ConnectSession direct = ConnectSession.connect(spark.address())) {
      assertThatThrownBy(() -> direct.rows(topK(CITIES, 1)).close())
          .isInstanceOf(RequestFailedException.class)
          .message()
          .doesNotContain("GRAFT_");
    }
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
        .hasMessageContaining("Closest loaded names: acme.frames.v1.TopK.");
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
    assertThat(gateway.report().text())
        .contains("Graft in gateway: 8 plugins loaded, 1 refused")
        .contains(
            "refused    com.acme.nativeplans.NumberedPlugin [GRAFT_LINK_MISMATCH]",
            "run it inside Spark");
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
