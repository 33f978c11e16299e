package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.UserContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in a gateway that must know the columns of their input. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class SchemaOfBackendTest {
  private static final String EXECUTE = "spark.connect.SparkConnectService/ExecutePlan";
  private static final String ANALYZE = "spark.connect.SparkConnectService/AnalyzePlan";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final PluginJar PLUGINS =
      PluginJar.of(
              """
              public class EveryColumn implements RelationPlugin<Relation> {
                @Override public Class<Relation> messageType() { return Relation.class; }
                @Override public Optional<Relation> transform(Relation input, PlanningContext context) {
                  Relation.Builder selected = Relation.newBuilder();
                  selected.getProjectBuilder().setInput(input);
                  for (var field : context.schema(input).getFieldsList()) {
                    selected.getProjectBuilder().addExpressionsBuilder().getUnresolvedAttributeBuilder().setUnparsedIdentifier(field.getName());
                  }
                  return Optional.of(selected.build());
                }
              }
              """,
              """
              public class Quick implements RelationPlugin<StringValue> {
                @Override public Class<StringValue> messageType() { return StringValue.class; }
                @Override public Optional<Relation> transform(StringValue table, PlanningContext context) {
                  return Optional.of(dev.graft.api.node.Nodes.table(table.getValue()).build());
                }
              }
              """)
          .manifest("Graft-Plugin-Id", "test");

  @TempDir Path folder;
  private ByteBackend backend;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    PLUGINS.writeTo(folder.resolve("test.jar"));
    backend = new ByteBackend();
    backend.schemaQuestions.on = true;
    open.add(backend);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private ByteClient gateway(String... more) {
    Map<String, String> entries =
        new HashMap<>(
            Map.of(
                "graft.gateway.port", "0",
                "graft.gateway.drain-seconds", "0",
                "graft.gateway.lowering-threads", "1",
                "graft.plugins.path", folder.toString(),
                "connect.extensions.relation.classes", "acme.EveryColumn,acme.Quick"));
    for (int i = 0; i < more.length; i += 2) {
      entries.put(more[i], more[i + 1]);
    }
    Gateway gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
    ByteClient client = new ByteClient(gateway.port());
    open.add(0, gateway);
    open.add(0, client);
    return client;
  }

  private static Relation table() {
    Relation.Builder table = Relation.newBuilder();
    table.getReadBuilder().getNamedTableBuilder().setUnparsedIdentifier("orders");
    return table.build();
  }

  private static Relation everyColumn(Relation input) {
    return Relation.newBuilder().setExtension(Any.pack(input)).build();
  }

  private static byte[] execute(Relation root) {
    return ExecutePlanRequest.newBuilder()
        .setSessionId("5e55")
        .setUserContext(UserContext.newBuilder().setUserId("ada").setUserName("Ada"))
        .setClientObservedServerSideSessionId("0b5e47ed")
        .setPlan(Plan.newBuilder().setRoot(root))
        .build()
        .toByteArray();
  }

  private Relation executed() throws Exception {
    byte[] request = backend.requests.poll(20, TimeUnit.SECONDS);
    return ExecutePlanRequest.parseFrom(request).getPlan().getRoot();
  }

  @Test
  void planHasTheColumnsThatTheBackendTold() throws Exception {
    assertThat(gateway().call(EXECUTE, execute(everyColumn(table()))).status().isOk()).isTrue();

    assertThat(executed().getProject().getExpressionsList())
        .extracting(column -> column.getUnresolvedAttribute().getUnparsedIdentifier())
        .containsExactly("first", "second");
  }

  @Test
  void questionIsWhatTheClientItselfWouldAsk() throws Exception {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer of-ada");
    Call call =
        gateway().start(EXECUTE, MethodType.SERVER_STREAMING, CallOptions.DEFAULT, headers, 10);
    call.call.sendMessage(execute(everyColumn(table())));
    call.call.halfClose();

    assertThat(call.status().isOk()).isTrue();
    AnalyzePlanRequest.Builder expected =
        AnalyzePlanRequest.newBuilder()
            .setSessionId("5e55")
            .setUserContext(UserContext.newBuilder().setUserId("ada").setUserName("Ada"))
            .setClientObservedServerSideSessionId("0b5e47ed");
    expected.getSchemaBuilder().getPlanBuilder().setRoot(table());
    assertThat(backend.schemaQuestions.requests).containsExactly(expected.build());
    assertThat(backend.schemaQuestions.headers.take().get(AUTHORIZATION))
        .isEqualTo("Bearer of-ada");
  }

  @Test
  void questionOfAnAnalysisHasItsObservedSessionToo() throws Exception {
    AnalyzePlanRequest.Builder request =
        AnalyzePlanRequest.newBuilder()
            .setSessionId("5e55")
            .setClientObservedServerSideSessionId("0b5e47ed");
    request.getExplainBuilder().getPlanBuilder().setRoot(everyColumn(table()));

    assertThat(gateway().call(ANALYZE, request.build().toByteArray()).status().isOk()).isTrue();

    AnalyzePlanRequest question = backend.schemaQuestions.requests.take();
    assertThat(question.getClientObservedServerSideSessionId()).isEqualTo("0b5e47ed");
    assertThat(question.getSchema().getPlan().getRoot()).isEqualTo(table());
  }

  @Test
  void clientThatHasSeenNoSessionYetAsksWithoutOne() throws Exception {
    byte[] request =
        ExecutePlanRequest.newBuilder()
            .setSessionId("5e55")
            .setPlan(Plan.newBuilder().setRoot(everyColumn(table())))
            .build()
            .toByteArray();

    assertThat(gateway().call(EXECUTE, request).status().isOk()).isTrue();

    assertThat(backend.schemaQuestions.requests.take().hasClientObservedServerSideSessionId())
        .isFalse();
  }

  @Test
  void nestedPluginsAskOnceForEachRelationAndOnlyAboutLoweredOnes() throws Exception {
    Relation nested = table();
    for (int i = 0; i < 10; i++) {
      nested = everyColumn(nested);
    }

    assertThat(gateway().call(EXECUTE, execute(nested)).status().isOk()).isTrue();

    assertThat(backend.schemaQuestions.requests).hasSize(10).doesNotHaveDuplicates();
    assertThat(backend.schemaQuestions.requests)
        .noneMatch(question -> question.toString().contains("extension"));
  }

  @Test
  void statusOfTheBackendReachesTheClientUnchanged() throws Exception {
    backend.schemaQuestions.status = Status.INTERNAL.withDescription("größer, [NO_SUCH_TABLE]");
    backend.schemaQuestions.trailers.put(ByteBackend.DETAILS, ByteBackend.SOME_DETAILS);
    backend.schemaQuestions.trailers.put(ByteBackend.SEEN, "trailer");

    Call call = gateway().call(EXECUTE, execute(everyColumn(table())));

    assertThat(call.status().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(call.status().getDescription()).isEqualTo("größer, [NO_SUCH_TABLE]");
    assertThat(call.trailers.get(ByteBackend.DETAILS)).isEqualTo(ByteBackend.SOME_DETAILS);
    assertThat(call.trailers.get(ByteBackend.SEEN)).isEqualTo("trailer");
    assertThat(backend.requests).isEmpty();
  }

  @Test
  void backendWithoutSchemasIsSaidToBeThat() throws Exception {
    backend.schemaQuestions.tellsSchema = false;

    Status status = gateway().call(EXECUTE, execute(everyColumn(table()))).status();

    assertThat(status.getDescription())
        .startsWith(
            "[GRAFT_SCHEMA_UNAVAILABLE] The host 'gateway' cannot tell the schema of a relation. The server behind it answers AnalyzePlan without a schema.")
        .contains("(asked by acme.EveryColumn (test, ");
  }

  @Test
  void limitsAreThoseOfTheConfiguration() throws Exception {
    ByteClient client = gateway("graft.limits.schema-depth", "2");

    Status status =
        client.call(EXECUTE, execute(everyColumn(everyColumn(everyColumn(table()))))).status();

    assertThat(status.getDescription())
        .startsWith("[GRAFT_SCHEMA_TOO_DEEP]")
        .contains("(graft.limits.schema-depth)");
    assertThat(client.call(EXECUTE, execute(everyColumn(table()))).status().isOk()).isTrue();
  }

  @Test
  void backendThatIsSilentCostsTheClientTheLoweringTimeAndIsNamed() throws Exception {
    backend.schemaQuestions.silent = true;
    ByteClient client = gateway("graft.gateway.lowering-seconds", "1");

    try (CapturedLog log = new CapturedLog()) {
      Status status = client.call(EXECUTE, execute(everyColumn(table()))).status();

      assertThat(status.getDescription())
          .startsWith("[GRAFT_PLUGIN_TIMEOUT] The plan was not lowered within the 1 s")
          .contains(
              "in acme.EveryColumn (test, ",
              ", which waited for the backend to tell the schema of a relation");
      assertThat(log.text()).doesNotContain("A lowering thread is lost");
    }
    backend.schemaQuestions.silent = false;
    assertThat(client.call(EXECUTE, execute(everyColumn(table()))).status().isOk()).isTrue();
  }

  @Test
  void plansOfOthersAreLoweredWhileOneWaits() throws Exception {
    backend.schemaQuestions.silent = true;
    ByteClient client = gateway();
    for (int i = 0; i < 20; i++) {
      Call unused = client.call(EXECUTE, execute(everyColumn(table())));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(backend.schemaQuestions.requests.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    Relation quick = Relation.newBuilder().setExtension(Any.pack(StringValue.of("t"))).build();

    assertThat(client.call(EXECUTE, execute(quick)).status().isOk()).isTrue();
  }

  @Test
  void whoLetsAHundredQuestionsHangKeepsNobodyElseFromBeingLowered() throws Exception {
    backend.schemaQuestions.silent = true;
    ByteClient client = gateway();
    List<Call> hanging = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hanging.add(client.call(EXECUTE, execute(everyColumn(table()))));
    }
    Relation quick = Relation.newBuilder().setExtension(Any.pack(StringValue.of("t"))).build();

    assertThat(client.call(EXECUTE, execute(quick)).status().isOk()).isTrue();
    for (int i = 0; i < 64; i++) {
      assertThat(backend.schemaQuestions.requests.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
    Patience.await(
        "36 are refused",
        () -> hanging.stream().filter(call -> call.status.isDone()).count() == 36);
    for (Call call : hanging) {
      if (call.status.isDone()) {
        assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
    }
    assertThat(client.call(EXECUTE, execute(quick)).status().isOk()).isTrue();
  }

  @Test
  void clientThatCancelsEndsTheQuestion() throws Exception {
    backend.schemaQuestions.silent = true;
    Call call = gateway().call(EXECUTE, execute(everyColumn(table())));
    assertThat(backend.schemaQuestions.requests.poll(20, TimeUnit.SECONDS)).isNotNull();

    call.call.cancel("enough", null);

    assertThat(backend.cancelled.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }
}
