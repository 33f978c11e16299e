package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CompressionCodec;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Plan.CompressedOperation.OpType;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.UserContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that clients have compressed, with real zstd bytes. */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class CompressedPlansTest {
  private static final String SERVICE = "spark.connect.SparkConnectService/";
  private static final int MOST = 3 << 20;

  private static final PluginJar PLUGINS =
      PluginJar.of(
              """
              public class Table implements RelationPlugin<StringValue> {
                @Override public Class<StringValue> messageType() { return StringValue.class; }
                @Override public Optional<Relation> transform(StringValue name, PlanningContext context) {
                  return Optional.of(dev.graft.api.node.Nodes.table(name.getValue()).build());
                }
              }
              """,
              """
              public class Deed implements CommandPlugin<StringValue> {
                @Override public Class<StringValue> messageType() { return StringValue.class; }
                @Override public Optional<CommandResult> execute(StringValue deed, PlanningContext context) {
                  Relation table = Relation.newBuilder().setExtension(Any.pack(StringValue.of("t"))).build();
                  return Optional.of(switch (deed.getValue()) {
                    case "rows" -> CommandResult.rows(table);
                    default -> CommandResult.commands(
                        dev.graft.api.node.CommandNodes.createTempView("a", dev.graft.api.node.Nodes.relation(table)),
                        dev.graft.api.node.CommandNodes.createTempView("b", dev.graft.api.node.Nodes.relation(table)));
                  });
                }
              }
              """)
          .manifest("Graft-Plugin-Id", "test");

  @TempDir Path folder;
  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  @BeforeEach
  void start() throws Exception {
    PLUGINS.writeTo(folder.resolve("test.jar"));
    backend = new ByteBackend();
    gateway =
        Gateway.start(
            new GatewaySettings("127.0.0.1", 0, 64 << 20, Duration.ofSeconds(5), 2, MOST),
            Map.of(
                "graft.plugins.path", folder.toString(),
                "connect.extensions.relation.classes", "acme.Table",
                "connect.extensions.command.classes", "acme.Deed"),
            BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
    client = new ByteClient(gateway.port());
  }

  @AfterEach
  void stop() {
    client.close();
    backend.close();
    gateway.close();
  }

  @Test
  void anExtensionInACompressedRelationIsReplacedAndTheRelationCompressedAgain() throws Exception {
    execute(compressed(join(table("cities"), data(1 << 20)))).status();

    Plan.CompressedOperation received = received().getPlan().getCompressedOperation();
    assertThat(received.getOpType()).isEqualTo(OpType.OP_TYPE_RELATION);
    assertThat(received.getCompressionCodec()).isEqualTo(CompressionCodec.COMPRESSION_CODEC_ZSTD);
    assertThat(received.getData().size()).isLessThan(10_000);
    assertThat(Relation.parseFrom(content(received)))
        .isEqualTo(join(named("cities"), data(1 << 20)));
  }

  @Test
  void whatStandsBesideAReplacedPlanStays() throws Exception {
    UnknownFieldSet ofTomorrow =
        UnknownFieldSet.newBuilder()
            .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(5).build())
            .build();
    Plan plan = compressed(table("cities"));
    plan =
        plan.toBuilder()
            .setUnknownFields(ofTomorrow)
            .setCompressedOperation(
                plan.getCompressedOperation().toBuilder().setUnknownFields(ofTomorrow))
            .build();

    execute(plan).status();

    ExecutePlanRequest received = received();
    assertThat(received.getPlan().getUnknownFields()).isEqualTo(ofTomorrow);
    assertThat(received.getPlan().getCompressedOperation().getUnknownFields())
        .isEqualTo(ofTomorrow);
    assertThat(received.toBuilder().clearPlan().build())
        .isEqualTo(request(plan).clearPlan().build());
  }

  @Test
  void whereNothingIsReplacedTheVeryBytesPass() throws Exception {
    byte[] request = request(compressed(join(named("a"), data(1 << 20)))).build().toByteArray();

    client.call(SERVICE + "ExecutePlan", request).status();

    assertThat(backend.requests.take()).isEqualTo(request);
  }

  @Test
  void alsoWhereItsDataLookLikeAnExtension() throws Exception {
    Relation.Builder lookalike = Relation.newBuilder();
    lookalike.getLocalRelationBuilder().setData(ByteString.copyFrom(new byte[] {-78, 62, 1}));
    byte[] request = request(compressed(lookalike.build())).build().toByteArray();

    client.call(SERVICE + "ExecutePlan", request).status();

    assertThat(backend.requests.take()).isEqualTo(request);
  }

  @Test
  void extensionsInACompressedCommandAreReplaced() throws Exception {
    execute(compressed(view("v", table("cities")))).status();

    Plan.CompressedOperation received = received().getPlan().getCompressedOperation();
    assertThat(received.getOpType()).isEqualTo(OpType.OP_TYPE_COMMAND);
    assertThat(Command.parseFrom(content(received))).isEqualTo(view("v", named("cities")));
  }

  @Test
  void aCompressedCommandExtensionRunsTheCommandsThatItStandsFor() throws Exception {
    execute(compressed(Command.newBuilder().setExtension(any("views")).build())).status();

    ExecutePlanRequest first = received();
    assertThat(Command.parseFrom(content(first.getPlan().getCompressedOperation())))
        .isEqualTo(view("a", named("t")));
    assertThat(first.getOperationId()).isEmpty();
    ExecutePlanRequest last = received();
    assertThat(Command.parseFrom(content(last.getPlan().getCompressedOperation())))
        .isEqualTo(view("b", named("t")));
    assertThat(last.getOperationId()).isEqualTo("op");
  }

  @Test
  void aCompressedCommandExtensionAnswersWithRows() throws Exception {
    Call call = execute(compressed(Command.newBuilder().setExtension(any("rows")).build()));

    assertThat(ExecutePlanResponse.parseFrom(call.next()).getSqlCommandResult().getRelation())
        .isEqualTo(named("t"));
    assertThat(Command.parseFrom(content(received().getPlan().getCompressedOperation())))
        .matches(Command::hasSqlCommand);
  }

  @Test
  void everyPlanOfAnAnalysisIsLookedInto() throws Exception {
    AnalyzePlanRequest.Builder schema = AnalyzePlanRequest.newBuilder();
    schema.getSchemaBuilder().setPlan(compressed(table("a")));
    AnalyzePlanRequest.Builder same = AnalyzePlanRequest.newBuilder();
    same.getSameSemanticsBuilder()
        .setTargetPlan(Plan.newBuilder().setRoot(table("a")))
        .setOtherPlan(compressed(table("b")));

    AnalyzePlanRequest seenSchema = analyze(schema.build());
    AnalyzePlanRequest seenSame = analyze(same.build());

    assertThat(relation(seenSchema.getSchema().getPlan())).isEqualTo(named("a"));
    assertThat(seenSame.getSameSemantics().getTargetPlan().getRoot()).isEqualTo(named("a"));
    assertThat(relation(seenSame.getSameSemantics().getOtherPlan())).isEqualTo(named("b"));
  }

  @Test
  void theEightVariantsAreTheOnesThatTheMessagesKnow() throws Exception {
    for (var variant : AnalyzePlanRequest.getDescriptor().getOneofs().get(0).getFields()) {
      for (var field : variant.getMessageType().getFields()) {
        if (field.getJavaType() != com.google.protobuf.Descriptors.FieldDescriptor.JavaType.MESSAGE
            || !field.getMessageType().getFullName().equals("spark.connect.Plan")) {
          continue;
        }
        AnalyzePlanRequest.Builder request = AnalyzePlanRequest.newBuilder();
        Message.Builder inner = request.newBuilderForField(variant);
        inner.setField(field, compressed(table("x")));
        AnalyzePlanRequest seen = analyze(request.setField(variant, inner.build()).build());
        Message plan = (Message) ((Message) seen.getField(variant)).getField(field);
        assertThat(relation(Plan.parseFrom(plan.toByteArray())))
            .as(field.getFullName())
            .isEqualTo(named("x"));
      }
    }
  }

  @Test
  void aClaimAboveTheLimitIsRefusedWithoutBeingBelieved() throws Exception {
    byte[] claimsAGigabyte = claiming(1 << 30);

    Call call = execute(plan(claimsAGigabyte));

    assertThat(call.status().getDescription())
        .startsWith(
            "[GRAFT_PLAN_TOO_LARGE] The plan is compressed to 13 bytes and would become 1,073,741,824 bytes; the limit is 3,145,728.")
        .endsWith("have graft.gateway.max-plan-bytes raised.");
    assertThat(backend.requests).isEmpty();
  }

  @Test
  void aFrameThatClaimsNothingIsRefusedOnceMoreHasCome() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 1_000; i++) {
        out.write(zeros);
      }
    }
    assertThat(Zstd.getFrameContentSize(bomb.toByteArray())).isNegative();
    assertThat(bomb.size()).isLessThan(200_000);

    Call call = execute(plan(bomb.toByteArray()));

    assertThat(call.status().getDescription())
        .startsWith("[GRAFT_PLAN_TOO_LARGE]")
        .contains("would become more; the limit is 3,145,728");
  }

  @Test
  void aSmallFrameBeforeALargeOneHidesNothing() throws Exception {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.write(Zstd.compress(new byte[10]));
    frames.write(Zstd.compress(new byte[MOST]));

    assertThat(execute(plan(frames.toByteArray())).status().getDescription())
        .startsWith("[GRAFT_PLAN_TOO_LARGE]");
  }

  @Test
  void exactlyTheLimitPasses() throws Exception {
    Relation relation = data(MOST);
    int excess = relation.getSerializedSize() - MOST;
    byte[] request = request(compressed(data(MOST - excess))).build().toByteArray();
    assertThat(data(MOST - excess).getSerializedSize()).isEqualTo(MOST);

    client.call(SERVICE + "ExecutePlan", request).status();

    assertThat(backend.requests.take()).isEqualTo(request);
    assertThat(execute(compressed(data(MOST - excess + 1))).status().getDescription())
        .startsWith("[GRAFT_PLAN_TOO_LARGE]");
  }

  @Test
  void aFrameThatGivesLessOrMoreThanItClaimsIsLeftToTheBackend() throws Exception {
    byte[] small = Zstd.compress(table("cities").toByteArray());
    byte[] lying = claiming(1 << 20);
    System.arraycopy(small, 6, lying, 9, 4); // a block's beginning, then nothing

    for (byte[] data :
        new byte[][] {lying, Arrays.copyOf(small, small.length - 1), {1, 2, 3}, {}}) {
      byte[] request = request(plan(data)).build().toByteArray();
      client.call(SERVICE + "ExecutePlan", request).status();
      assertThat(backend.requests.take()).isEqualTo(request);
    }
  }

  @Test
  void aCodecOrTypeOfTomorrowIsLeftToTheBackend() throws Exception {
    Plan.CompressedOperation known = compressed(table("cities")).getCompressedOperation();
    for (Plan.CompressedOperation unknown :
        new Plan.CompressedOperation[] {
          known.toBuilder().setCompressionCodecValue(7).build(),
          known.toBuilder().clearCompressionCodec().build(),
          known.toBuilder().setOpTypeValue(9).build()
        }) {
      byte[] request =
          request(Plan.newBuilder().setCompressedOperation(unknown).build()).build().toByteArray();
      client.call(SERVICE + "ExecutePlan", request).status();
      assertThat(backend.requests.take()).isEqualTo(request);
    }
  }

  @Test
  void aPlanThatSaysTwiceWhatItIsIsRefused() throws Exception {
    byte[] one = compressed(named("b")).toByteArray();
    byte[] other = Plan.newBuilder().setRoot(named("a")).build().toByteArray();

    assertThat(executeBytes(one, one).status().getDescription())
        .startsWith(
            "[GRAFT_PLAN_MALFORMED] The request cannot be read: its field 3 is there twice.");
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(one);
    both.write(other);
    assertThat(executeBytes(both.toByteArray()).status().getDescription())
        .startsWith("[GRAFT_PLAN_MALFORMED]")
        .contains("both a compressed operation and another one");
  }

  @Test
  void aPlanBehindThousandsOfOtherFieldsIsFound() throws Exception {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(request);
    for (int i = 0; i < 5_000; i++) {
      out.writeInt32(500, i);
    }
    out.writeByteArray(3, compressed(table("cities")).toByteArray());
    out.flush();

    client.call(SERVICE + "ExecutePlan", request.toByteArray()).status();

    assertThat(relation(received().getPlan())).isEqualTo(named("cities"));
  }

  /** The head of a frame with a claim of four bytes, and an empty last block. */
  private static byte[] claiming(int size) {
    byte[] frame = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, (byte) 0xA0, 0, 0, 0, 0, 1, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
      frame[5 + i] = (byte) (size >>> (8 * i));
    }
    return frame;
  }

  private Call execute(Plan plan) {
    return client.call(SERVICE + "ExecutePlan", request(plan).build().toByteArray());
  }

  private Call executeBytes(byte[]... plans) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(request);
    for (byte[] plan : plans) {
      out.writeByteArray(3, plan);
    }
    out.flush();
    return client.call(SERVICE + "ExecutePlan", request.toByteArray());
  }

  private AnalyzePlanRequest analyze(AnalyzePlanRequest request) throws Exception {
    client.call(SERVICE + "AnalyzePlan", request.toByteArray()).status();
    return AnalyzePlanRequest.parseFrom(backend.requests.take());
  }

  private ExecutePlanRequest received() throws Exception {
    return ExecutePlanRequest.parseFrom(backend.requests.take());
  }

  private static ExecutePlanRequest.Builder request(Plan plan) {
    return ExecutePlanRequest.newBuilder()
        .setSessionId("s")
        .setOperationId("op")
        .setUserContext(UserContext.newBuilder().setUserId("ada"))
        .setPlan(plan);
  }

  private static Plan compressed(Message operation) {
    return Plan.newBuilder()
        .setCompressedOperation(
            Plan.CompressedOperation.newBuilder()
                .setData(ByteString.copyFrom(Zstd.compress(operation.toByteArray())))
                .setOpType(
                    operation instanceof Command ? OpType.OP_TYPE_COMMAND : OpType.OP_TYPE_RELATION)
                .setCompressionCodec(CompressionCodec.COMPRESSION_CODEC_ZSTD))
        .build();
  }

  private static Plan plan(byte[] data) {
    Plan.Builder plan = compressed(table("")).toBuilder();
    plan.getCompressedOperationBuilder().setData(ByteString.copyFrom(data));
    return plan.build();
  }

  private static byte[] content(Plan.CompressedOperation operation) {
    byte[] data = operation.getData().toByteArray();
    return Zstd.decompress(data, (int) Zstd.getFrameContentSize(data));
  }

  private static Relation relation(Plan plan) throws IOException {
    return Relation.parseFrom(content(plan.getCompressedOperation()));
  }

  private static Relation table(String name) {
    return Relation.newBuilder().setExtension(any(name)).build();
  }

  private static Any any(String text) {
    return Any.pack(StringValue.of(text));
  }

  private static Relation named(String table) {
    Relation.Builder relation = Relation.newBuilder();
    relation.getReadBuilder().getNamedTableBuilder().setUnparsedIdentifier(table);
    return relation.build();
  }

  private static Relation data(int size) {
    Relation.Builder relation = Relation.newBuilder();
    relation.getLocalRelationBuilder().setData(ByteString.copyFrom(new byte[size]));
    return relation.build();
  }

  private static Relation join(Relation left, Relation right) {
    Relation.Builder relation = Relation.newBuilder();
    relation.getJoinBuilder().setLeft(left).setRight(right);
    return relation.build();
  }

  private static Command view(String name, Relation input) {
    Command.Builder command = Command.newBuilder();
    command.getCreateDataframeViewBuilder().setName(name).setReplace(true).setInput(input);
    return command.build();
  }
}
