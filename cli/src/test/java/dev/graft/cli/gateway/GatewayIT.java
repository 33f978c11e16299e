package dev.graft.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.frames.v1.About;
import com.acme.frames.v1.AboutReply;
import com.acme.frames.v1.Mask;
import com.acme.frames.v1.Publish;
import com.acme.frames.v1.Remark;
import com.acme.frames.v1.Summarize;
import com.acme.frames.v1.TopK;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.api.node.Nodes;
import dev.graft.cli.spark.SparkLine;
import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Extensions;
import dev.graft.encoder.RequestFailedException;
import dev.graft.encoder.Rows;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;
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
class GatewayIT {
  private static final List<String> EXAMPLES =
      List.of(
          "portable/target/acme-frames-1.0.0.jar",
          "old-protobuf/target/acme-legacy-1.0.0.jar",
          "no-protobuf/target/acme-waist-1.0.0.jar",
          "native/target/acme-native-1.0.0.jar");

  private static final Relation CITIES =
      Nodes.rows(
              "country string, name string, thousands int",
              Nodes.row("de", "Ulm", 120),
              Nodes.row("de", "Bonn", 330),
              Nodes.row("de", "Kiel", 246),
              Nodes.row("at", "Graz", 303),
              Nodes.row("at", "Linz", 213))
          .build();

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
      assertThatThrownBy(() -> rows(direct, topK(CITIES, 1)))
          .isInstanceOf(RequestFailedException.class)
          .message()
          .doesNotContain("GRAFT_");
    }
  }

  @Test
  void relationOfThePortableJar() {
    Relation topK = topK(CITIES, 1);

    assertThat(rows(Nodes.relation(topK).sort(Nodes.column("name").asc()).build()))
        .containsExactly(List.of("de", "Bonn", 330), List.of("at", "Graz", 303));
  }

  @Test
  void relationInsideARelation() {
    assertThat(rows(topK(topK(CITIES, 2), 1)))
        .containsExactlyInAnyOrder(List.of("de", "Bonn", 330), List.of("at", "Graz", 303));
  }

  @Test
  void expressionOfThePortableJar() {
    Expression mask =
        Extensions.expression(
            Mask.newBuilder()
                .setInput(Nodes.column("name").build())
                .setKeep(2)
                .setWith("#")
                .build());

    assertThat(
            rows(
                Nodes.relation(CITIES)
                    .select(Nodes.expression(mask).as("masked"))
                    .limit(2)
                    .build()))
        .containsExactly(List.of("#lm"), List.of("##nn"));
  }

  @Test
  void schemaOfAnExtensionIsAnalysed() {
    assertThat(session.schema(topK(CITIES, 1)).getStruct().getFieldsList())
        .extracting(field -> field.getName())
        .containsExactly("country", "name", "thousands");
  }

  @Test
  void relationOfTheJarThatCarriesAnOlderProtobuf() {
    UnknownFieldSet stamp =
        UnknownFieldSet.newBuilder()
            .addField(1, bytes(CITIES.toByteString()))
            .addField(3, bytes(ByteString.copyFromUtf8("by   Acme")))
            .build();

    List<List<@Nullable Object>> rows =
        rows(Extensions.relation("type.googleapis.com/acme.legacy.v1.Stamp", stamp.toByteString()));

    assertThat(rows).hasSize(5).allSatisfy(row -> assertThat(row.get(3)).isEqualTo("by Acme"));
  }

  @Test
  void relationOfTheJarWithoutProtobuf() {
    UnknownFieldSet sequence =
        UnknownFieldSet.newBuilder()
            .addField(1, varint(4))
            .addField(2, varint(11))
            .addField(3, varint(3))
            .build();

    assertThat(
            rows(
                Extensions.relation(
                    "type.googleapis.com/acme.waist.v1.Sequence", sequence.toByteString())))
        .containsExactly(List.of(4L), List.of(7L), List.of(10L));
  }

  @Test
  void commandThatAnswersWithRows() {
    CommandAnswer answer =
        execute(Summarize.newBuilder().setInput(topK(CITIES, 1)).setColumn("thousands").build());

    assertThat(answer).isInstanceOf(CommandAnswer.Rows.class);
    assertThat(rows(((CommandAnswer.Rows) answer).relation()))
        .containsExactly(List.of(2L, 303, 330, 316.5));
  }

  @Test
  void commandThatStandsForAStandardCommand() {
    CommandAnswer answer =
        execute(Publish.newBuilder().setInput(CITIES).setView("published").build());

    assertThat(answer).isInstanceOf(CommandAnswer.Nothing.class);
    assertThat(rows(Nodes.table("published").build())).hasSize(5);
  }

  @Test
  void commandThatAnswersWithAMessage() throws Exception {
    CommandAnswer answer = execute(About.getDefaultInstance());

    AboutReply reply = ((CommandAnswer.Message) answer).message().unpack(AboutReply.class);
    assertThat(reply.getHost()).isEqualTo("gateway");
    assertThat(reply.getConnectVersion()).isEqualTo(line.version());
  }

  @Test
  void commandThatAnswersWithNothing() {
    assertThat(execute(Remark.newBuilder().setText("seen").build()))
        .isInstanceOf(CommandAnswer.Nothing.class);
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

  private static List<List<@Nullable Object>> rows(Relation relation) {
    return rows(session, relation);
  }

  private static List<List<@Nullable Object>> rows(ConnectSession session, Relation relation) {
    try (Rows rows = session.rows(relation)) {
      return rows.toList();
    }
  }

  private static CommandAnswer execute(Message command) {
    return session.execute(Extensions.command(command));
  }

  private static Relation topK(Relation input, int k) {
    return Extensions.relation(
        TopK.newBuilder()
            .setInput(input)
            .addBy("country")
            .setOrderBy("thousands")
            .setK(k)
            .setDescending(true)
            .build());
  }

  private static UnknownFieldSet.Field bytes(ByteString value) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
  }

  private static UnknownFieldSet.Field varint(long value) {
    return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
  }
}
