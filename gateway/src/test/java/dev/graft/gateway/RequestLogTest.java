package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.gateway.log.CallRecords;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.UserContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of calls, and what never is. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class RequestLogTest {
  private static final String EXECUTE = "spark.connect.SparkConnectService/ExecutePlan";
  private static final String SECRET = "hunter2";

  private static final PluginJar PLUGINS =
      PluginJar.of(
          """
          public class Table implements RelationPlugin<StringValue> {
            @Override public Class<StringValue> messageType() { return StringValue.class; }
            @Override public Optional<Relation> transform(StringValue name, PlanningContext context) {
              if (name.getValue().startsWith("refuse")) throw new PlanningException("No " + name.getValue() + " here.");
              return Optional.of(dev.graft.api.node.Nodes.table(name.getValue()).build());
            }
          }
          """);

  @TempDir Path folder;
  private CapturedLog log;
  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  @BeforeEach
  void start() throws Exception {
    log = new CapturedLog();
    PLUGINS.writeTo(folder.resolve("test.jar"));
    Files.writeString(folder.resolve("tokens"), "token-" + SECRET);
    backend = new ByteBackend();
    start("true");
  }

  private void start(String logged) {
    Map<String, String> entries = new TreeMap<>();
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "0");
    entries.put("graft.gateway.request-log", logged);
    entries.put("graft.gateway.token-file", folder.resolve("tokens").toString());
    entries.put("graft.plugins.path", folder.toString());
    entries.put("connect.extensions.relation.classes", "acme.Table");
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse(
                "sc://127.0.0.1:" + backend.port() + "/;use_ssl=false;token=backend-" + SECRET));
    client = new ByteClient(gateway.port());
  }

  @AfterEach
  void stop() {
    client.close();
    backend.close();
    gateway.close();
    log.close();
  }

  private Call call(String method, String authorization, byte[] request) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    headers.put(ByteBackend.SEEN, "header-" + SECRET);
    Call call =
        client.start(method, MethodType.SERVER_STREAMING, CallOptions.DEFAULT, headers, 100);
    call.call.sendMessage(request);
    call.call.halfClose();
    return call;
  }

  private Call call(String method, byte[] request) {
    return call(method, "Bearer token-" + SECRET, request);
  }

  private JsonObject line(int index) throws InterruptedException {
    log.await(now -> lines().size() > index);
    return JsonParser.parseString(lines().get(index)).getAsJsonObject();
  }

  private List<String> lines() {
    return log.lines(CallRecords.LOGGER);
  }

  private static byte[] request(String user, Relation.Builder root) {
    return ExecutePlanRequest.newBuilder()
        .setSessionId("00112233-4455")
        .setOperationId("op-7")
        .setUserContext(UserContext.newBuilder().setUserId(user))
        .setPlan(Plan.newBuilder().setRoot(root))
        .build()
        .toByteArray();
  }

  private static Relation.Builder extension(String text) {
    return Relation.newBuilder().setExtension(Any.pack(StringValue.of(text)));
  }

  private static Relation.Builder sql(String text) {
    Relation.Builder relation = Relation.newBuilder();
    relation.getSqlBuilder().setQuery(text);
    return relation;
  }

  @Test
  void aCallIsALineOfJson() throws Exception {
    Instant before = Instant.now();
    byte[] request = request("ada", extension("cities_" + SECRET));
    call(EXECUTE, request).status();

    JsonObject line = line(0);
    assertThat(line.keySet())
        .containsExactly(
            "time",
            "method",
            "peer",
            "user",
            "session",
            "operation",
            "status",
            "firstMillis",
            "millis",
            "bytesIn",
            "bytesOut",
            "messagesOut",
            "rewritten");
    assertThat(Instant.parse(line.get("time").getAsString())).isBetween(before, Instant.now());
    assertThat(line.get("method").getAsString()).isEqualTo(EXECUTE);
    assertThat(line.get("peer").getAsString()).matches("127\\.0\\.0\\.1:\\d+");
    assertThat(line.get("user").getAsString()).isEqualTo("ada");
    assertThat(line.get("session").getAsString()).isEqualTo("00112233-4455");
    assertThat(line.get("operation").getAsString()).isEqualTo("op-7");
    assertThat(line.get("status").getAsString()).isEqualTo("OK");
    assertThat(line.get("millis").getAsDouble())
        .isGreaterThanOrEqualTo(line.get("firstMillis").getAsDouble())
        .isLessThan(20_000);
    assertThat(line.get("firstMillis").getAsDouble()).isPositive();
    assertThat(line.get("bytesIn").getAsLong()).isEqualTo(request.length);
    assertThat(line.get("bytesOut").getAsLong()).isEqualTo(11);
    assertThat(line.get("messagesOut").getAsInt()).isEqualTo(1);
    assertThat(line.get("rewritten").getAsBoolean()).isTrue();
  }

  @Test
  void whatPassesAsItIsIsNotRewritten() throws Exception {
    call("acme.Anything/Echo", SECRET.getBytes(UTF_8)).status();

    JsonObject line = line(0);
    assertThat(line.get("rewritten").getAsBoolean()).isFalse();
    assertThat(line.has("user")).isFalse();
    assertThat(line.get("messagesOut").getAsInt()).isEqualTo(1);
  }

  @Test
  void aRefusalHasItsCodeAndNotItsText() throws Exception {
    Call call = call(EXECUTE, request("ada", extension("refuse-" + SECRET)));

    assertThat(call.status().getDescription()).contains(SECRET); // the client is told
    JsonObject line = line(0);
    assertThat(line.get("status").getAsString()).isEqualTo("INTERNAL");
    assertThat(line.get("error").getAsString()).isEqualTo("GRAFT_PLUGIN_REFUSED");
    assertThat(line.has("firstMillis")).isFalse();
  }

  @Test
  void aCallThatIsNotLetInIsLoggedAsWell() throws Exception {
    call(EXECUTE, "Bearer wrong-" + SECRET, request("ada", sql(SECRET))).status();

    JsonObject line = line(0);
    assertThat(line.get("status").getAsString()).isEqualTo("UNAUTHENTICATED");
    assertThat(line.has("user")).isFalse(); // its request was not looked at
  }

  @Test
  void aCancelledCallIsLogged() throws Exception {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer token-" + SECRET);
    Call call =
        client.start(
            "acme.Anything/Hang",
            MethodType.BIDI_STREAMING,
            CallOptions.DEFAULT.withDeadlineAfter(500, TimeUnit.MILLISECONDS),
            headers,
            1);
    call.call.sendMessage(new byte[0]);
    call.status();

    assertThat(line(0).get("status").getAsString()).isIn("CANCELLED", "DEADLINE_EXCEEDED");
  }

  @Test
  void neitherPlansNorTokensNorHeadersAreWritten() throws Exception {
    call(EXECUTE, request("ada", extension("cities_" + SECRET))).status();
    call(EXECUTE, request("ada", extension("refuse-" + SECRET))).status();
    call(EXECUTE, request("ada", sql("SELECT '" + SECRET + "'"))).status();
    call(EXECUTE, "Bearer wrong-" + SECRET, request("ada", sql(SECRET))).status();
    call("acme.Anything/Echo", SECRET.getBytes(UTF_8)).status();
    call("acme.Anything/Fail", SECRET.getBytes(UTF_8)).status();
    byte[] malformed = {26, 100, (byte) 0xB2, 0x3E, 5, 'h', 'u', 'n', 't', 'e', 'r', '2'};
    call(EXECUTE, malformed).status();

    log.await(now -> lines().size() == 7);
    assertThat(lines()).noneMatch(line -> line.contains(SECRET) || line.contains("SELECT"));
    assertThat(log.text()).doesNotContain(SECRET);
  }

  @Test
  void aNameCannotForgeALine() throws Exception {
    String forged = "eve\"}\n[main] INFO " + CallRecords.LOGGER + " - {\"user\":\"ada\u2028";
    call(EXECUTE, request(forged, sql("x"))).status();

    JsonObject line = line(0);
    assertThat(line.get("user").getAsString())
        .startsWith("eve\"}?[main] INFO ")
        .doesNotContain("\n");
    assertThat(log.text().lines().filter(text -> text.contains("eve"))).hasSize(1);
  }

  @Test
  void nothingIsWrittenUnlessItIsWanted() throws Exception {
    client.close();
    gateway.close();
    start("false");

    assertThat(call("acme.Anything/Echo", new byte[1]).status().isOk()).isTrue();

    Thread.sleep(200);
    assertThat(lines()).isEmpty();
  }
}
