package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.rpc.ErrorInfo;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.UserContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extensions in plans, and what the backend and the client get of them. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class ExtensionsOnTheWayTest {
  private static final String SERVICE = "spark.connect.SparkConnectService/";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final PluginJar PLUGINS =
      PluginJar.of(
              """
              public class Table implements RelationPlugin<StringValue> {
                @Override public Class<StringValue> messageType() { return StringValue.class; }
                @Override public Optional<Relation> transform(StringValue name, PlanningContext context) {
                  if (name.getValue().isEmpty()) throw new PlanningException("The table has no name.");
                  return Optional.of(dev.graft.api.node.Nodes.table(name.getValue() + "_" + context.userId()).build());
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
                    case "message" -> CommandResult.message(StringValue.of("said by " + context.hostName()));
                    case "one" -> CommandResult.commands(view("a", table));
                    case "three" -> CommandResult.commands(view("a", table), again("one"), view("c", table));
                    case "endless" -> CommandResult.commands(again("endless"));
                    default -> CommandResult.nothing();
                  });
                }
                static org.apache.spark.connect.proto.Command again(String deed) {
                  return org.apache.spark.connect.proto.Command.newBuilder().setExtension(Any.pack(StringValue.of(deed))).build();
                }
                static org.apache.spark.connect.proto.Command view(String name, Relation table) {
                  return dev.graft.api.node.CommandNodes.createTempView(name, dev.graft.api.node.Nodes.relation(table));
                }
              }
              """,
              """
              public class Native implements NativePlugin {
                static { if (true) throw new IllegalStateException("nothing of it may run"); }
                public ExtensionKind kind() { return ExtensionKind.RELATION; }
                public Set<String> messageNames() { return Set.of("acme.v1.Native"); }
                public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
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
    startGateway();
  }

  private void startGateway() {
    gateway =
        Gateway.start(
            new GatewaySettings("127.0.0.1", 0, 64 << 20, Duration.ofSeconds(5), 2),
            Map.of(
                "graft.plugins.path", folder.toString(),
                "connect.extensions.relation.classes", "acme.Table,acme.Native",
                "connect.extensions.command.classes", "acme.Deed",
                "graft.limits.expansion-depth", "50"),
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
  void aRelationIsReplacedInExecutePlan() throws Exception {
    Plan plan = Plan.newBuilder().setRoot(table("cities").setCommon(planId(7))).build();

    Call call = execute(plan);

    assertThat(call.status().isOk()).isTrue();
    ExecutePlanRequest received = ExecutePlanRequest.parseFrom(backend.requests.take());
    assertThat(received)
        .isEqualTo(
            request(plan)
                .setPlan(Plan.newBuilder().setRoot(named("cities_ada").setCommon(planId(7))))
                .build());
  }

  @Test
  void aRelationIsReplacedInAnalyzePlan() throws Exception {
    AnalyzePlanRequest request =
        AnalyzePlanRequest.newBuilder()
            .setUserContext(UserContext.newBuilder().setUserId("ada"))
            .setSchema(
                AnalyzePlanRequest.Schema.newBuilder()
                    .setPlan(Plan.newBuilder().setRoot(table("cities"))))
            .build();

    client.call(SERVICE + "AnalyzePlan", request.toByteArray()).status();

    assertThat(
            AnalyzePlanRequest.parseFrom(backend.requests.take()).getSchema().getPlan().getRoot())
        .isEqualTo(named("cities_ada").build());
  }

  @Test
  void aPlanInAnotherMethodIsNotTouched() throws Exception {
    byte[] request =
        request(Plan.newBuilder().setRoot(table("cities")).build()).build().toByteArray();

    client.call(SERVICE + "OfTomorrow", request).status();

    assertThat(backend.requests.take()).isEqualTo(request);
  }

  @Test
  void anExtensionThatNobodyKnowsIsRefusedAsSparkRefuses() throws Exception {
    Relation unknown =
        Relation.newBuilder()
            .setExtension(Any.newBuilder().setTypeUrl("type.googleapis.com/acme.v1.Nobody"))
            .build();

    Call call = execute(Plan.newBuilder().setRoot(unknown).build());

    assertThat(call.status().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(call.status().getDescription())
        .startsWith("[GRAFT_EXTENSION_UNKNOWN] No plugin is loaded for the relation extension");
    assertThat(errorInfo(call).getMetadataMap())
        .containsEntry("errorClass", "GRAFT_EXTENSION_UNKNOWN")
        .containsEntry("sqlState", "42000");
    assertThat(backend.requests).isEmpty();
  }

  @Test
  void aPluginsOwnRefusalReachesTheClientWithoutAPathOfTheGateway() throws Exception {
    Call call = execute(Plan.newBuilder().setRoot(table("")).build());

    assertThat(call.status().getDescription())
        .isEqualTo(
            "[GRAFT_PLUGIN_REFUSED] The table has no name. (said by acme.Table (test, test.jar) on"
                + " type.googleapis.com/google.protobuf.StringValue)");
    assertThat(gateway.report().text()).contains("acme.Table (test, " + folder.resolve("test.jar"));
    assertThat(errorInfo(call).getMetadataMap())
        .containsEntry("errorClass", "GRAFT_PLUGIN_REFUSED");
  }

  @Test
  void bytesThatAreNoPlanAreRefused() throws Exception {
    byte[] truncated = {26, 100, (byte) 0xB2, 0x3E, 5};

    Call call = client.call(SERVICE + "ExecutePlan", truncated);

    assertThat(call.status().getDescription()).startsWith("[GRAFT_PLAN_MALFORMED]");
  }

  @Test
  void aNativePluginIsRefusedWithAWordOnWhereItRuns() {
    assertThat(gateway.report().text())
        .contains("2 plugins loaded, 1 refused")
        .containsPattern("refused +GRAFT_HOST_UNSUPPORTED +acme.Native .*run it inside Spark");
  }

  @Test
  void rowsOfACommandComeAsTheResultOfTheBackendsOperation() throws Exception {
    Call call = execute(command("rows"));

    ExecutePlanResponse response = ExecutePlanResponse.parseFrom(call.next());
    assertThat(response.getSqlCommandResult().getRelation()).isEqualTo(named("t_ada").build());
    assertThat(response.getSessionId()).isEqualTo("s");
    assertThat(response.getOperationId()).isEqualTo("op");
    ExecutePlanRequest received = ExecutePlanRequest.parseFrom(backend.requests.take());
    assertThat(received.getOperationId()).isEqualTo("op");
    assertThat(received.getPlan().getCommand().hasSqlCommand()).isTrue();
  }

  @Test
  void rowsOfACommandComeAgainWhenTheClientReattaches() throws Exception {
    execute(command("rows")).status();

    assertThat(reattach("ada").getSqlCommandResult().getRelation())
        .isEqualTo(named("t_ada").build());
    assertThatThrownBy(() -> reattach("eve")).hasMessageContaining("OPERATION_NOT_FOUND");
  }

  @Test
  void whoClaimsTheIdsOfAnotherChangesNothingForIt() throws Exception {
    backend.operations.once = true;
    execute(command("rows")).status();

    Call intruder = execute(command("message"));

    assertThat(intruder.status().getDescription()).contains("OPERATION_ALREADY_EXISTS");
    assertThat(reattach("ada").getSqlCommandResult().getRelation())
        .isEqualTo(named("t_ada").build());
  }

  /** Spark takes a request for one that it has had if the operation and the plan are the same. */
  @Test
  void aCommandThatIsSentOnceMoreIsTheSameToTheBackendAndAnothersIsNot() throws Exception {
    execute(command("rows")).status();
    execute(command("rows")).status();
    execute(command("rows"), "Bearer eve's").status();
    execute(command("message")).status();

    List<Plan> plans = new ArrayList<>();
    while (!backend.requests.isEmpty()) {
      plans.add(ExecutePlanRequest.parseFrom(backend.requests.take()).getPlan());
    }
    assertThat(plans).hasSize(4);
    assertThat(plans.get(1)).isEqualTo(plans.get(0));
    assertThat(Set.copyOf(plans)).hasSize(3);
  }

  @Test
  @SuppressWarnings("deprecation") // the field that all lines know
  void aResultOfAnOperationThatIsNoCommandOfGraftsIsNobodysAnswer() throws Exception {
    backend.operations.once = true;
    Command.Builder sql = Command.newBuilder();
    sql.getSqlCommandBuilder().setSql("SELECT 2");
    execute(Plan.newBuilder().setCommand(sql).build()).status();
    execute(command("rows")).status(); // refused: the operation is there already

    assertThat(reattach("ada").getSqlCommandResult().getRelation().getSql().getQuery())
        .isEqualTo("SELECT 2");
  }

  @Test
  void anAnswerIsNotForWhoeverHasTheIdsAndOtherCredentials() throws Exception {
    execute(command("rows"), "Bearer ada's").status();

    assertThat(reattach("ada", "Bearer ada's").getSqlCommandResult().getRelation())
        .isEqualTo(named("t_ada").build());
    assertThatThrownBy(() -> reattach("ada", "Bearer eve's"))
        .hasMessageContaining("[GRAFT_ANSWER_LOST] The command has run");
    assertThat(reattach("ada", "Bearer ada's").hasSqlCommandResult()).isTrue();
  }

  @Test
  void anAnswerThatIsNotKeptIsRefusedAndNeverThePlaceholder() throws Exception {
    execute(command("rows")).status();
    gateway.close();
    client.close();
    startGateway(); // it knows nothing of the one before, the backend does

    assertThatThrownBy(() -> reattach("ada"))
        .hasMessageContaining("[GRAFT_ANSWER_LOST] The command has run");
  }

  private ExecutePlanResponse reattach(String user) throws Exception {
    return reattach(user, "");
  }

  private ExecutePlanResponse reattach(String user, String authorization) throws Exception {
    ReattachExecuteRequest request =
        ReattachExecuteRequest.newBuilder()
            .setSessionId("s")
            .setOperationId("op")
            .setUserContext(UserContext.newBuilder().setUserId(user))
            .build();
    Call call = call("ReattachExecute", request.toByteArray(), authorization);
    if (!call.status().isOk()) {
      throw call.status().asRuntimeException();
    }
    return ExecutePlanResponse.parseFrom(call.next());
  }

  @Test
  void aMessageOfACommandTakesTheResultsPlace() throws Exception {
    ExecutePlanResponse response =
        ExecutePlanResponse.parseFrom(execute(command("message")).next());

    assertThat(response.getExtension().unpack(StringValue.class).getValue())
        .isEqualTo("said by gateway");
    assertThat(response.getOperationId()).isEqualTo("op");
  }

  @Test
  void aCommandThatSaysNothingHasNoResult() throws Exception {
    ExecutePlanResponse response =
        ExecutePlanResponse.parseFrom(execute(command("nothing")).next());

    assertThat(response.getResponseTypeCase())
        .isEqualTo(ExecutePlanResponse.ResponseTypeCase.RESPONSETYPE_NOT_SET);
    assertThat(response.getOperationId()).isEqualTo("op");
  }

  @Test
  void oneStandardCommandTakesTheExtensionsPlace() throws Exception {
    execute(command("one")).status();

    assertThat(ExecutePlanRequest.parseFrom(backend.requests.take()))
        .isEqualTo(request(Plan.newBuilder().setCommand(view("a")).build()).build());
    assertThat(backend.requests).isEmpty();
  }

  @Test
  void severalStandardCommandsRunInOrderTheLastAsTheClientsOwn() throws Exception {
    Call call = execute(command("three"));

    assertThat(call.status().isOk()).isTrue();
    for (String view : new String[] {"a", "a", "c"}) {
      ExecutePlanRequest received = ExecutePlanRequest.parseFrom(backend.requests.take());
      assertThat(received.getPlan().getCommand()).isEqualTo(view(view).build());
      assertThat(received.getOperationId()).isEqualTo(view.equals("c") ? "op" : "");
      assertThat(received.getUserContext().getUserId()).isEqualTo("ada");
    }
    assertThat(call.responses).hasSize(1);
  }

  @Test
  void aCommandThatLeadsBackToItselfIsRefused() throws Exception {
    assertThat(execute(command("endless")).status().getDescription())
        .startsWith("[GRAFT_EXPANSION_TOO_DEEP]");
  }

  private Call execute(Plan plan) {
    return execute(plan, "");
  }

  private Call execute(Plan plan, String authorization) {
    return call("ExecutePlan", request(plan).build().toByteArray(), authorization);
  }

  private Call call(String method, byte[] request, String authorization) {
    Metadata headers = new Metadata();
    if (!authorization.isEmpty()) {
      headers.put(AUTHORIZATION, authorization);
    }
    Call call =
        client.start(
            SERVICE + method,
            MethodDescriptor.MethodType.SERVER_STREAMING,
            CallOptions.DEFAULT,
            headers,
            10);
    call.call.sendMessage(request);
    call.call.halfClose();
    return call;
  }

  private static ExecutePlanRequest.Builder request(Plan plan) {
    return ExecutePlanRequest.newBuilder()
        .setSessionId("s")
        .setOperationId("op")
        .setUserContext(UserContext.newBuilder().setUserId("ada"))
        .setPlan(plan);
  }

  private static Plan command(String deed) {
    return Plan.newBuilder().setCommand(Command.newBuilder().setExtension(any(deed))).build();
  }

  private static Command.Builder view(String name) {
    Command.Builder command = Command.newBuilder();
    command.getCreateDataframeViewBuilder().setName(name).setReplace(true).setInput(named("t_ada"));
    return command;
  }

  private static Relation.Builder table(String name) {
    return Relation.newBuilder().setExtension(any(name));
  }

  private static Any any(String text) {
    Message message = StringValue.of(text);
    return Any.pack(message);
  }

  private static Relation.Builder named(String table) {
    Relation.Builder relation = Relation.newBuilder();
    relation.getReadBuilder().getNamedTableBuilder().setUnparsedIdentifier(table);
    return relation;
  }

  private static RelationCommon planId(long id) {
    return RelationCommon.newBuilder().setPlanId(id).build();
  }

  private static ErrorInfo errorInfo(Call call) throws Exception {
    com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(call.status(), call.trailers);
    if (details == null) {
      throw new AssertionError("There are no details");
    }
    return details.getDetails(0).unpack(ErrorInfo.class);
  }
}
