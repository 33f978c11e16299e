package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import com.google.rpc.ErrorInfo;
import dev.graft.gateway.ByteClient.Call;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that does not return, and what it costs: one lowering thread is all there is here. */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class HangingPluginTest {
  private static final String EXECUTE = "spark.connect.SparkConnectService/ExecutePlan";
  private static final String RELEASE = "acme.hanging.release";

  private static final PluginJar PLUGINS =
      PluginJar.of(
          """
          public class Hanging implements RelationPlugin<StringValue> {
            @Override public Class<StringValue> messageType() { return StringValue.class; }
            @Override public Optional<Relation> transform(StringValue deed, PlanningContext context) {
              if (deed.getValue().equals("sleep")) {
                try { Thread.sleep(600_000); } catch (InterruptedException e) { throw new IllegalStateException(e); }
              }
              while (deed.getValue().equals("ignore") && System.getProperty("acme.hanging.release") == null) {
                Thread.interrupted();
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
              }
              return Optional.of(dev.graft.api.node.Nodes.table(deed.getValue()).build());
            }
          }
          """);

  @TempDir Path folder;
  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  private void start(String seconds) throws Exception {
    PLUGINS.writeTo(folder.resolve("test.jar"));
    backend = new ByteBackend();
    Map<String, String> entries =
        Map.of(
            "graft.gateway.port", "0",
            "graft.gateway.drain-seconds", "0",
            "graft.gateway.lowering-threads", "1",
            "graft.gateway.lowering-seconds", seconds,
            "graft.plugins.path", folder.toString(),
            "connect.extensions.relation.classes", "acme.Hanging");
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
    client = new ByteClient(gateway.port());
  }

  @AfterEach
  void stop() {
    System.setProperty(RELEASE, "now");
    client.close();
    backend.close();
    gateway.close();
    System.clearProperty(RELEASE);
  }

  @Test
  void aPluginThatHeedsTheInterruptCostsTheCallAlone() throws Exception {
    start("3");
    try (CapturedLog log = new CapturedLog()) {
      Call call = client.call(EXECUTE, request("sleep"));

      assertThat(call.status().getCode()).isEqualTo(Status.Code.INTERNAL);
      assertThat(call.status().getDescription())
          .startsWith("[GRAFT_PLUGIN_TIMEOUT] The plan was not lowered within the 3 s that")
          .contains("graft.gateway.lowering-seconds", "the gateway was in acme.Hanging (test");
      assertThat(errorClass(call)).isEqualTo("GRAFT_PLUGIN_TIMEOUT");
      awaitQuick();
      assertThat(log.text())
          .contains("acme.Hanging.transform")
          .doesNotContain("A lowering thread is lost");
    }
    assertThat(backend.requests).hasSize(1);
  }

  /** On a busy machine even a quick plugin may need more than its second, more than once. */
  private void awaitQuick() throws Exception {
    Patience.await(
        "a plan is lowered", () -> client.call(EXECUTE, request("quick")).status().isOk());
  }

  @Test
  void aPluginThatIgnoresTheInterruptCostsAThreadWhichIsReplaced() throws Exception {
    start("3");
    try (CapturedLog log = new CapturedLog()) {
      Call call = client.call(EXECUTE, request("ignore"));

      assertThat(call.status().getDescription()).startsWith("[GRAFT_PLUGIN_TIMEOUT]");
      log.await(now -> now.text().contains("A lowering thread is lost to acme.Hanging (test"));
      awaitQuick();

      System.setProperty(RELEASE, "now");
      log.await(now -> now.text().contains("has come back; 0 are still lost"));
      awaitQuick();
    }
  }

  @Test
  void aClientWhoseTimeIsOverFreesItsThread() throws Exception {
    start("600");
    CallOptions brief = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);

    assertThat(hang(brief).status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);

    awaitQuick();
  }

  @Test
  void aClientThatCancelsFreesItsThread() throws Exception {
    start("600");
    Call call = hang(CallOptions.DEFAULT);
    Thread.sleep(300);
    call.call.cancel("enough", null);

    awaitQuick();
  }

  @Test
  void aGatewayThatIsStoppedDoesNotWaitForIt() throws Exception {
    start("600");
    Call call = hang(CallOptions.DEFAULT);
    Thread.sleep(300);
    long begin = System.nanoTime();

    gateway.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Patience.LIMIT);
    assertThat(call.status().isOk()).isFalse();
  }

  private Call hang(CallOptions options) {
    Call call = client.start(EXECUTE, MethodType.SERVER_STREAMING, options, new Metadata(), 10);
    call.call.sendMessage(request("sleep"));
    call.call.halfClose();
    return call;
  }

  private static String errorClass(Call call) throws Exception {
    com.google.rpc.Status details =
        Objects.requireNonNull(StatusProto.fromStatusAndTrailers(call.status(), call.trailers));
    return details.getDetails(0).unpack(ErrorInfo.class).getMetadataOrThrow("errorClass");
  }

  private static byte[] request(String deed) {
    return ExecutePlanRequest.newBuilder()
        .setPlan(
            Plan.newBuilder()
                .setRoot(Relation.newBuilder().setExtension(Any.pack(StringValue.of(deed)))))
        .build()
        .toByteArray();
  }
}
