package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What is logged when clients go away in the middle of calls. */
class BrokenStreamsTest {
  private static final GatewaySettings SETTINGS =
      new GatewaySettings("127.0.0.1", 0, 64 << 20, Duration.ofSeconds(5), 2);

  @Test
  void aClientThatGoesAwayInTheMiddleOfSeveralAnswersIsOneLine() throws Exception {
    Records netty = new Records();
    Logger.getLogger("").addHandler(netty);
    try (CapturedLog log = new CapturedLog();
        ByteBackend backend = new ByteBackend();
        Gateway gateway =
            Gateway.start(
                SETTINGS, Map.of(), BackendAddress.parse("sc://127.0.0.1:" + backend.port()))) {
      ByteClient client = new ByteClient(gateway.port());
      List<Call> calls = new ArrayList<>();
      for (int call = 0; call < 5; call++) {
        calls.add(
            client.start(
                "acme.Any/Flood",
                MethodType.SERVER_STREAMING,
                CallOptions.DEFAULT,
                new Metadata(),
                1));
      }
      for (Call call : calls) {
        call.call.sendMessage(new byte[] {1});
        call.call.halfClose();
        call.next(); // the gateway has more for it, and cannot be rid of it
      }
      client.close();
      assertThat(backend.cancelled.await(20, TimeUnit.SECONDS)).isTrue();

      log.await(text -> !text.lines("dev.graft.gateway.connections").isEmpty());
      assertThat(log.lines("dev.graft.gateway.connections"))
          .singleElement()
          .asString()
          .startsWith("A peer went away with streams open: ");
      assertThat(netty.ofNetty).isEmpty();
    } finally {
      Logger.getLogger("").removeHandler(netty);
    }
  }

  @Test
  void callsWhoseHeadersCannotBeReadAreALineASecondWithoutAStack() throws Exception {
    Records netty = new Records();
    Logger.getLogger("").addHandler(netty);
    try (CapturedLog log = new CapturedLog();
        ByteBackend backend = new ByteBackend();
        Gateway gateway =
            Gateway.start(
                SETTINGS, Map.of(), BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
        ByteClient client = new ByteClient(gateway.port())) {
      Metadata odd = new Metadata();
      odd.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), "1X");
      long begin = System.nanoTime();
      int calls = 50;
      for (int call = 0; call < calls; call++) {
        Call refused = client.start("acme.Any/Echo", MethodType.UNARY, CallOptions.DEFAULT, odd, 1);
        refused.call.sendMessage(new byte[] {1});
        refused.call.halfClose();
        assertThat(refused.status().isOk()).isFalse();
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);

      log.await(text -> !text.lines("dev.graft.gateway.connections").isEmpty());
      assertThat(log.lines("dev.graft.gateway.connections"))
          .hasSizeLessThanOrEqualTo((int) Math.min(calls - 1, seconds + 2))
          .allMatch(line -> line.endsWith("Invalid timeout unit: X"));
      assertThat(log.text()).doesNotContain("\tat ");
      assertThat(netty.ofNetty).isEmpty();
      assertThat(client.call("acme.Any/Echo", new byte[] {1}).status().isOk()).isTrue();
    } finally {
      Logger.getLogger("").removeHandler(netty);
    }
  }

  @Test
  void aConnectionThatIsClosedForItsResetsIsOneLine() throws Exception {
    Records netty = new Records();
    Logger.getLogger("").addHandler(netty);
    try (CapturedLog log = new CapturedLog();
        ByteBackend backend = new ByteBackend();
        Gateway gateway =
            Gateway.start(
                SETTINGS, Map.of(), BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
        ByteClient flooding = new ByteClient(gateway.port())) {
      Call lasting = hang(flooding);
      backend.requests.take();
      for (int call = 0; call < 2_000 && !lasting.status.isDone(); call++) {
        hang(flooding).call.cancel("flood", null);
        Thread.sleep(1); // so that the call has been sent
      }
      assertThat(lasting.status().isOk()).isFalse();

      log.await(text -> text.text().contains("too_many_rststreams"));
      assertThat(log.text()).doesNotContain("\tat ");
      assertThat(netty.ofNetty).noneMatch(line -> line.contains("Transport failed"));
    } finally {
      Logger.getLogger("").removeHandler(netty);
    }
  }

  private static Call hang(ByteClient client) {
    Call call =
        client.start(
            "acme.Any/Hang", MethodType.BIDI_STREAMING, CallOptions.DEFAULT, new Metadata(), 1);
    call.call.sendMessage(new byte[] {1});
    return call;
  }

  /** What reaches the handlers of java.util.logging, in which gRPC logs. */
  private static final class Records extends Handler {
    final Queue<String> ofNetty = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord record) {
      if (String.valueOf(record.getLoggerName()).contains(".netty.")) {
        ofNetty.add(record.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
