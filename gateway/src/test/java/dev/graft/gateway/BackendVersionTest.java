package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.UserContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the gateway comes to know what its backend understands. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class BackendVersionTest {
  private static final String EXECUTE_PLAN = "spark.connect.SparkConnectService/ExecutePlan";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final PluginJar PLUGINS =
      PluginJar.of(
              """
              public class Transposed implements RelationPlugin<StringValue> {
                @Override public Class<StringValue> messageType() { return StringValue.class; }
                @Override public Optional<Relation> transform(StringValue table, PlanningContext context) {
                  Relation.Builder transposed = Relation.newBuilder();
                  transposed.getTransposeBuilder().setInput(dev.graft.api.node.Nodes.table(table.getValue()).build());
                  return Optional.of(transposed.build());
                }
              }
              """,
              """
              public class Deed implements CommandPlugin<StringValue> {
                @Override public Class<StringValue> messageType() { return StringValue.class; }
                @Override public Optional<CommandResult> execute(StringValue table, PlanningContext context) {
                  var checkpoint = org.apache.spark.connect.proto.Command.newBuilder();
                  checkpoint.getCheckpointCommandBuilder().setRelation(dev.graft.api.node.Nodes.table(table.getValue()).build());
                  return Optional.of(CommandResult.commands(checkpoint.build()));
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
    open.add(backend);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private ByteClient gateway(String parameters) throws Exception {
    Gateway gateway =
        Gateway.start(
            new GatewaySettings("127.0.0.1", 0, 64 << 20, Duration.ofSeconds(5), 4),
            Map.of(
                "graft.plugins.path", folder.toString(),
                "connect.extensions.relation.classes", "acme.Transposed",
                "connect.extensions.command.classes", "acme.Deed"),
            BackendAddress.parse("sc://127.0.0.1:" + backend.port() + parameters));
    ByteClient client = new ByteClient(gateway.port());
    open.add(0, gateway);
    open.add(0, client);
    return client;
  }

  private static byte[] request(Plan plan) {
    return request(plan, "ada");
  }

  private static byte[] request(Plan plan, String user) {
    return ExecutePlanRequest.newBuilder()
        .setSessionId("5e55")
        .setUserContext(UserContext.newBuilder().setUserId(user))
        .setPlan(plan)
        .build()
        .toByteArray();
  }

  private static byte[] relation() {
    return relation("ada");
  }

  private static byte[] relation(String user) {
    Relation extension = Relation.newBuilder().setExtension(Any.pack(StringValue.of("t"))).build();
    return request(Plan.newBuilder().setRoot(extension).build(), user);
  }

  private static byte[] command() {
    Command extension = Command.newBuilder().setExtension(Any.pack(StringValue.of("t"))).build();
    return request(Plan.newBuilder().setCommand(extension).build());
  }

  private static Call withToken(ByteClient client, String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, token);
    Call call =
        client.start(
            EXECUTE_PLAN,
            MethodDescriptor.MethodType.SERVER_STREAMING,
            CallOptions.DEFAULT,
            headers,
            10);
    call.call.sendMessage(relation());
    call.call.halfClose();
    return call;
  }

  @Test
  void whatTheBackendDoesNotKnowIsRefusedBeforeItGetsIt() throws Exception {
    backend.versionQuestions.version = "3.5.3";
    ByteClient client = gateway("");

    Status ofRelation = client.call(EXECUTE_PLAN, relation()).status();
    Status ofCommand = client.call(EXECUTE_PLAN, command()).status();

    assertThat(ofRelation.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(ofRelation.getDescription())
        .startsWith("[GRAFT_ANSWER_UNSUPPORTED] acme.Transposed (test, test.jar)")
        .contains("spark.connect.Relation.transpose", "since 4.0", "the server is 3.5.3");
    assertThat(ofCommand.getDescription())
        .startsWith("[GRAFT_ANSWER_UNSUPPORTED] acme.Deed (test, test.jar)")
        .contains("spark.connect.Command.checkpoint_command");
    assertThat(backend.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.2.0", "4.0.0-of-another-engine", "5.1.0"})
  void whatTheBackendKnowsPasses(String version) throws Exception {
    backend.versionQuestions.version = version;
    ByteClient client = gateway("");

    assertThat(client.call(EXECUTE_PLAN, relation()).status().isOk()).isTrue();
    assertThat(client.call(EXECUTE_PLAN, command()).status().isOk()).isTrue();
    assertThat(backend.requests).hasSize(2);
  }

  @Test
  void theBackendIsAskedOnceHoweverManyBeginTogether() throws Exception {
    ByteClient client = gateway("");

    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(client.call(EXECUTE_PLAN, relation()));
    }

    for (Call call : calls) {
      assertThat(call.status().isOk()).isTrue();
    }
    assertThat(backend.versionQuestions.requests).hasSize(1);
  }

  @Test
  void whoGetsNoAnswerKeepsNobodyElseWaiting() throws Exception {
    ByteClient client = gateway("");
    backend.versionQuestions.silentFor = "eve";
    for (int i = 0; i < 20; i++) {
      Call unused = client.call(EXECUTE_PLAN, relation("eve"));
    }
    assertThat(backend.versionQuestions.requests.poll(20, TimeUnit.SECONDS)).isNotNull();
    long begin = System.nanoTime();

    assertThat(client.call(EXECUTE_PLAN, relation()).status().isOk()).isTrue();

    // Twenty in turn would take ten minutes, and one of them thirty seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void theQuestionIsOfTheClientsSessionAndUser() throws Exception {
    gateway("").call(EXECUTE_PLAN, relation()).status();

    AnalyzePlanRequest question = backend.versionQuestions.requests.take();
    assertThat(question.getSessionId()).isEqualTo("5e55");
    assertThat(question.getUserContext().getUserId()).isEqualTo("ada");
  }

  @Test
  void aClientThatAuthenticatesItselfDoesSoWithTheQuestion() throws Exception {
    assertThat(withToken(gateway(""), "Bearer of-ada").status().isOk()).isTrue();

    assertThat(backend.versionQuestions.headers.take().get(AUTHORIZATION))
        .isEqualTo("Bearer of-ada");
  }

  @Test
  void theTokenOfTheBackendsAddressGoesWithTheQuestion() throws Exception {
    ByteClient client = gateway("/;token=of-the-gateway;use_ssl=false");

    assertThat(withToken(client, "Bearer of-ada").status().isOk()).isTrue();

    Metadata headers = backend.versionQuestions.headers.take();
    assertThat(headers.getAll(AUTHORIZATION)).containsExactly("Bearer of-the-gateway");
  }

  @Test
  void aRefusedQuestionIsToldAndAskedAgainByTheNextRequest() throws Exception {
    ByteClient client = gateway("");
    backend.versionQuestions.status = Status.UNAUTHENTICATED.withDescription("no such token");

    Status refused = withToken(client, "Bearer wrong").status();

    assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refused.getDescription()).isEqualTo("no such token");
    assertThat(backend.requests).isEmpty();
    backend.versionQuestions.status = Status.OK;
    assertThat(withToken(client, "Bearer right").status().isOk()).isTrue();
    assertThat(withToken(client, "Bearer right").status().isOk()).isTrue();
    assertThat(backend.versionQuestions.requests).hasSize(2);
  }

  @Test
  void aBackendWithoutAVersionIsAskedAgain() throws Exception {
    backend.versionQuestions.version = "";
    ByteClient client = gateway("");

    assertThat(client.call(EXECUTE_PLAN, relation()).status().getDescription())
        .contains(
            "the server's version '' does not tell which fields it has, so it is taken for 3.4");
    backend.versionQuestions.version = "4.0.1";
    assertThat(client.call(EXECUTE_PLAN, relation()).status().isOk()).isTrue();
  }

  @Test
  void plansWithoutExtensionsAreNotWorthAQuestion() throws Exception {
    Plan plan = Plan.newBuilder().setRoot(Relation.getDefaultInstance()).build();

    assertThat(gateway("").call(EXECUTE_PLAN, request(plan)).status().isOk()).isTrue();

    assertThat(backend.versionQuestions.requests).isEmpty();
  }
}
