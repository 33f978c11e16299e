package dev.graft.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.frames.v1.Publish;
import com.acme.nativeplans.v1.Hashed;
import com.acme.nativeplans.v1.Numbered;
import com.acme.nativeplans.v1.Tables;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.StringValue;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.api.node.Nodes;
import dev.graft.cli.python.Pytest;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Extensions;
import dev.graft.encoder.RequestFailedException;
import dev.graft.servers.SparkLine;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example jars at work in a real server of each line, called by a real gRPC client. */
@ParameterizedClass
@EnumSource(SparkLine.class)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class SparkLineIT extends PortableExamples {
  private static final Map<SparkLine, Map<String, String>> HASHES = new TreeMap<>();

  private static ExampleServer server;
  private static ConnectSession session;

  @Parameter SparkLine line;

  @BeforeParameterizedClassInvocation
  static void startServer(SparkLine line, @TempDir Path folder) {
    server = ExampleServer.start(line, folder);
    session = ConnectSession.connect(server.address() + "/;user_id=tester");
    System.out.println(server.loadReport());
  }

  @AfterParameterizedClassInvocation
  static void stopServer(SparkLine line) {
    HASHES.put(line, server.hashes());
    session.close();
    server.close();
  }

  @Override
  protected ConnectSession session() {
    return session;
  }

  @Override
  protected List<String> hostAndVersion() {
    return List.of("spark", line.version());
  }

  @AfterAll
  static void oneBinaryServedEveryLine() {
    Map<String, String> built =
        ExampleServer.EXAMPLES.stream()
            .collect(Collectors.toMap(jar -> jar.getFileName().toString(), ExampleServer::sha256));
    assertThat(HASHES.keySet()).containsExactly(SparkLine.values());
    assertThat(HASHES.values()).allSatisfy(hashes -> assertThat(hashes).isEqualTo(built));
  }

  /** The Python encoder's own tests, with the real PySpark client of the line. */
  @TestFactory
  Stream<DynamicTest> pythonEncoder(@TempDir Path folder) throws Exception {
    return PythonEnvironment.isThereFor(line)
        ? new Pytest(PythonEnvironment.of(line))
            .runEncoderTests(server.address(), folder.resolve("results.xml"), "-m", breadth())
        : Stream.empty();
  }

  /** What is the same on every line is tested on the newest. */
  private String breadth() {
    return line == SparkLine.SPARK_4_2 ? "breadth or not breadth" : "not breadth";
  }

  @Test
  void portableRelationsNestedAHundredDeep() {
    Relation nested = CITIES;
    for (int level = 0; level < 40; level++) {
      nested = Extensions.relation(Limit.newBuilder().setInput(topK(nested, 9)).build());
    }

    assertThat(rows(nested)).hasSize(5);
  }

  @Test
  void relationOfTheNativeJar() {
    Relation numbered =
        Extensions.relation(Numbered.newBuilder().setInput(topK(CITIES, 2)).setAs("id").build());

    List<List<@Nullable Object>> rows = rows(numbered);
    assertThat(rows).hasSize(4);
    assertThat(rows.stream().map(row -> row.get(3)).distinct()).hasSize(4);
  }

  @Test
  void portableRelationAroundANativeOne() {
    Relation numbered =
        Extensions.relation(Numbered.newBuilder().setInput(CITIES).setAs("id").build());

    assertThat(rows(topK(numbered, 1))).hasSize(2).allSatisfy(row -> assertThat(row).hasSize(4));
  }

  @Test
  void schemaOfARelationThatHoldsANativeOne() {
    Relation numbered =
        Extensions.relation(Numbered.newBuilder().setInput(countNulls(CITIES)).setAs("id").build());

    assertThat(rows(countNulls(topK(numbered, "column", "nulls", 9))))
        .containsExactly(List.of("column", 0L), List.of("nulls", 0L), List.of("id", 0L));
  }

  @Test
  void expressionOfTheNativeJar() {
    Expression hashed =
        Extensions.expression(
            Hashed.newBuilder()
                .setInput(Nodes.column("name").build())
                .setSaltSetting("spark.sql.session.timeZone")
                .build());

    assertThat(
            rows(
                Nodes.relation(CITIES)
                    .select(Nodes.expression(hashed).as("hash"))
                    .distinct()
                    .build()))
        .hasSize(5);
  }

  @Test
  void whatANativePluginIsTooOldForIsRefused() {
    UnknownFieldSet later =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    assertNewer(
        () ->
            rows(
                Extensions.relation(
                    Numbered.newBuilder()
                        .setInput(CITIES)
                        .setAs("id")
                        .setUnknownFields(later)
                        .build())),
        "field 9 of acme.nativeplans.v1.Numbered",
        "com.acme.nativeplans.NumberedPlugin (acme-native");
  }

  @Test
  void commandOfTheNativeJar() {
    execute(Publish.newBuilder().setInput(CITIES).setView("native_sees_this").build());

    CommandAnswer answer = execute(Tables.newBuilder().setPrefix("native_sees").build());

    assertThat(rows(((CommandAnswer.Rows) answer).relation()))
        .containsExactly(List.of("native_sees_this", "TEMPORARY", true));
  }

  @Test
  void pluginsOfSparksOwnKindKeepTheirPlaceInTheOrder() {
    // own.First stands before com.acme.waist.SequencePlugin, and takes what is addressed to it.
    assertThat(rows(sequence("own.example/")))
        .containsExactly(List.of(0L), List.of(1L), List.of(2L));
  }

  @Test
  void planIdOfAnExtensionSurvives() {
    Relation best = withPlanId(topK(withPlanId(CITIES, 7), 1), 42);

    assertThat(rows(project(best, columnOf(42, "name"), columnOf(7, "country"))))
        .containsExactlyInAnyOrder(List.of("Bonn", "de"), List.of("Graz", "at"));
  }

  @Test
  void planIdsOfAnExtensionAndOfTheInputItGivesBackBothSurvive() {
    Relation same =
        withPlanId(
            Extensions.relation(Limit.newBuilder().setInput(withPlanId(CITIES, 7)).build()), 42);
    Relation filtered =
        Relation.newBuilder()
            .setFilter(
                Filter.newBuilder()
                    .setInput(same)
                    .setCondition(Nodes.expression(columnOf(7, "thousands")).atLeast(303).build()))
            .build();

    assertThat(rows(project(filtered, columnOf(42, "name"))))
        .containsExactly(List.of("Bonn"), List.of("Graz"));
  }

  @Test
  void unknownTypeUrlIsRefusedWithTheClosestNames() {
    assertRefused(
        Extensions.relation("type.googleapis.com/acme.frames.v1.TopKay", ByteString.EMPTY),
        "[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for the relation extension type.googleapis.com/acme.frames.v1.TopKay.",
        "Closest loaded names: acme.frames.v1.TopK, acme.frames.v1.CountNulls.",
        "acme.Forgotten (GRAFT_CLASS_MISSING)");
  }

  @Test
  void codeOfARefusalIsItsErrorClassFrom4On() {
    Relation unknown = Extensions.relation("type.googleapis.com/no.such.Message", ByteString.EMPTY);

    assertThatThrownBy(() -> rows(unknown))
        .isInstanceOfSatisfying(
            RequestFailedException.class,
            failure -> {
              assertThat(failure.status()).isEqualTo(Status.Code.INTERNAL);
              if (line.compareTo(SparkLine.SPARK_4_0) >= 0) {
                assertThat(failure.errorCode()).contains("GRAFT_EXTENSION_UNKNOWN");
              }
            });
  }

  @Test
  void missingTypeUrlIsRefused() {
    Relation unpacked = Relation.newBuilder().setExtension(Any.getDefaultInstance()).build();

    assertRefused(
        unpacked, "[GRAFT_TYPE_URL_MISSING] A relation extension of 0 bytes has no type URL");
  }

  @Test
  void bytesThatAreNotTheMessageAreRefused() {
    assertRefused(
        Extensions.relation(
            "type.googleapis.com/acme.frames.v1.TopK", ByteString.copyFromUtf8("nonsense")),
        "[GRAFT_EXTENSION_MALFORMED]",
        "are not a acme.frames.v1.TopK",
        "com.acme.frames.TopKPlugin (acme-frames");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw|[GRAFT_PLUGIN_FAILED]|IllegalArgumentException: no such luck",
        "refuse|[GRAFT_PLUGIN_REFUSED]|k must be positive",
        "null|[GRAFT_PLUGIN_RETURNED_NULL]|returned null",
        "decline|[GRAFT_EXTENSION_DECLINED]|declined it: ",
        "overflow|[GRAFT_PLUGIN_STACK_OVERFLOW]|recurses without end",
        "link|[GRAFT_PLUGIN_LINKAGE]|acme/Gone",
        "self|[GRAFT_EXPANSION_TOO_DEEP]|spark.graft.limits.expansion-depth",
        "empty|[GRAFT_ANSWER_INVALID]|google.protobuf.StringValue"
      })
  void hostilePluginFailsItsOwnRequestOnly(String deed) {
    String[] parts = deed.split("\\|", 3);

    assertRefused(Extensions.relation(StringValue.of(parts[0])), parts[1], parts[2], "hostile.jar");

    assertThat(rows(topK(CITIES, 1))).hasSize(2);
  }

  @Test
  void whatAPluginMakesOnceServesAllOfAnOperationAndNoOther() {
    Relation counted = Extensions.relation("type.googleapis.com/acme.v1.Counted", ByteString.EMPTY);
    Relation twice = Nodes.relation(counted).union(Nodes.relation(counted)).build();

    int first = rows(twice).size();
    assertThat(first).isEven();
    assertThat(rows(twice)).hasSize(first + 2);
  }

  @Test
  void sparksOwnErrorInsideAnExtensionStaysSparks() {
    Relation missing = topK(Nodes.table("there_is_no_such_table").build(), 1);

    assertThatThrownBy(() -> rows(missing))
        .isInstanceOf(RequestFailedException.class)
        .hasMessageContaining("there_is_no_such_table")
        .message()
        .doesNotContain("GRAFT_");
    Relation insideNative =
        Extensions.relation(
            Numbered.newBuilder()
                .setInput(Nodes.table("there_is_no_such_table").build())
                .setAs("id")
                .build());
    assertThatThrownBy(() -> rows(insideNative))
        .isInstanceOf(RequestFailedException.class)
        .hasMessageContaining("there_is_no_such_table")
        .message()
        .doesNotContain("GRAFT_");
  }

  @Test
  void loadReportSaysWhatBecameOfEachClass() {
    assertThat(server.loadReport())
        .contains("Graft in Spark " + line.version() + ": 17 plugins loaded, 2 refused")
        .contains("acme.frames.v1.TopK", "acme-native-1.0.0.jar), native", "own.Last")
        .containsPattern("refused +GRAFT_CLASS_MISSING +acme.Forgotten is in no jar")
        .containsPattern("start-up +\\d+ ms by Graft, \\d+ ms by the plugins' own classes");
  }

  @Test
  void pluginOfSparksOwnKindForAnotherLineIsRefusedWhenItIsLoaded() {
    String method = "transform\\(%s, org.apache.spark.sql.connect.planner.SparkConnectPlanner\\)";
    boolean isBefore4 = line.number().startsWith("3");
    assertThat(server.loadReport())
        .containsPattern(
            "refused +GRAFT_LINK_MISMATCH +own.Foreign is written against the interface"
                + " org.apache.spark.sql.connect.plugin.RelationPlugin of another version. Spark "
                + line.version()
                + " wants the method org.apache.spark.sql.connect.plugin.RelationPlugin."
                + method.formatted(
                    isBefore4 ? "org.sparkproject.connect.protobuf.Any" : "byte\\[\\]")
                + " returning "
                + (isBefore4 ? "scala.Option" : "java.util.Optional")
                + "; the class has own.Foreign."
                + method.formatted(isBefore4 ? "byte\\[\\]" : "com.google.protobuf.Any"));
  }

  @Test
  void pluginThatIsAskedAboutEverythingBeforeOthersIsSaid() {
    assertThat(server.loadReport())
        .contains(
            "warning    own.First is asked about every relation extension, and what it accepts never reaches those behind it: ");
  }

  private void assertRefused(Relation relation, String... texts) {
    assertThatThrownBy(() -> rows(relation))
        .isInstanceOf(RequestFailedException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).contains(texts));
  }

  private static Relation withPlanId(Relation relation, long planId) {
    return relation.toBuilder().setCommon(RelationCommon.newBuilder().setPlanId(planId)).build();
  }

  private static Expression columnOf(long planId, String name) {
    return Expression.newBuilder()
        .setUnresolvedAttribute(
            Expression.UnresolvedAttribute.newBuilder()
                .setUnparsedIdentifier(name)
                .setPlanId(planId))
        .build();
  }

  private static Relation project(Relation input, Expression... columns) {
    return Relation.newBuilder()
        .setProject(Project.newBuilder().setInput(input).addAllExpressions(List.of(columns)))
        .build();
  }
}
