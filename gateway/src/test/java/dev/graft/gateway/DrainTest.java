package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a gateway comes to its end, and what does not hold it up. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class DrainTest {
  private static final String ECHO = "acme.Anything/Echo";

  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  @BeforeEach
  void prepare() throws Exception {
    backend = new ByteBackend();
  }

  private void start(String drainSeconds) {
    Map<String, String> entries =
        Map.of("graft.gateway.port", "0", "graft.gateway.drain-seconds", drainSeconds);
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
    client = new ByteClient(gateway.port());
  }

  @AfterEach
  void stop() {
    client.close();
    backend.close();
    gateway.close();
  }

  /** Closes beside the test, and says how long it took. */
  private CompletableFuture<Duration> close() {
    long begin = System.nanoTime();
    return CompletableFuture.supplyAsync(
        () -> {
          gateway.close();
          return Duration.ofNanos(System.nanoTime() - begin);
        });
  }

  private static Duration ended(CompletableFuture<Duration> closing) throws Exception {
    return closing.get(2 * Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private boolean refusesConnections() throws Exception {
    try (ByteClient late = new ByteClient(gateway.port())) {
      return late.call(ECHO, new byte[1]).status().getCode() == Status.Code.UNAVAILABLE;
    }
  }

  private Call open() throws InterruptedException {
    Call call =
        client.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, new Metadata(), 10);
    call.call.sendMessage("x".getBytes(UTF_8));
    call.next();
    return call;
  }

  @Test
  void idleConnectionsDontHoldItUp() throws Exception {
    start("600");
    assertThat(client.call(ECHO, new byte[1]).status().isOk()).isTrue();

    assertThat(ended(close())).isLessThan(Patience.LIMIT);
  }

  @Test
  void clientsThatWatchItsHealthAreToldAndDontHoldItUp() throws Exception {
    start("600");
    Call watch =
        client.start(
            "grpc.health.v1.Health/Watch",
            MethodType.SERVER_STREAMING,
            CallOptions.DEFAULT,
            new Metadata(),
            10);
    watch.call.sendMessage(new byte[0]);
    watch.call.halfClose();
    assertThat(health(watch)).isEqualTo(ServingStatus.SERVING);

    CompletableFuture<Duration> closed = close();

    assertThat(health(watch)).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(ended(closed)).isLessThan(Patience.LIMIT);
  }

  private static ServingStatus health(Call watch) throws Exception {
    return HealthCheckResponse.parseFrom(watch.next()).getStatus();
  }

  @Test
  void newConnectionsAreNotTakenWhileCallsEnd() throws Exception {
    start("600");
    Call open = open();
    CompletableFuture<Duration> closed = close();

    Patience.await("new connections are refused", this::refusesConnections);

    assertThat(closed).isNotDone();
    open.call.halfClose();
    assertThat(open.status().isOk()).isTrue();
    assertThat(ended(closed)).isLessThan(Patience.LIMIT);
  }

  @Test
  void aClientGoesElsewhereWhenItHasNothingUnderWay() throws Exception {
    start("600");
    Gateway first = gateway;
    ByteClient ofFirst = client;
    start("0");
    Gateway second = gateway;
    client.close();
    try (ByteClient movable = ByteClient.ofAny(first.port(), second.port())) {
      client = movable;
      gateway = first;
      Call open = open();
      CompletableFuture<Duration> closed = close();
      Patience.await("new connections are refused", this::refusesConnections);

      // What goes on beside the call comes here, where the call is.
      for (int each = 0; each < 5; each++) {
        Call beside = movable.call(ECHO, new byte[1]);
        assertThat(beside.status().isOk()).isTrue();
        assertThat(beside.port()).isEqualTo(first.port());
        Thread.sleep(300);
      }
      open.call.halfClose();
      assertThat(open.status().isOk()).isTrue();
      long begin = System.nanoTime();
      boolean moved = false;
      while (!moved) {
        assertThat(System.nanoTime() - begin).isLessThan(Patience.LIMIT.toNanos());
        Call next = movable.call(ECHO, new byte[1]);
        assertThat(next.status().isOk()).as("no call is lost").isTrue();
        moved = next.port() == second.port();
        Thread.sleep(600);
      }
      assertThat(ended(closed)).isLessThan(Patience.LIMIT);
    } finally {
      client = ofFirst;
      second.close();
    }
  }

  @Test
  void whenItsTimeIsOverCallsAreCutOff() throws Exception {
    start("1");
    Call open = open();

    Duration took = ended(close());

    assertThat(took).isBetween(Duration.ofSeconds(1), Patience.LIMIT);
    assertThat(open.status().isOk()).isFalse();
  }

  @Test
  void aSecondCloseCutsCallsOff() throws Exception {
    start("600");
    Call open = open();
    CompletableFuture<Duration> first = close();
    Patience.await("new connections are refused", this::refusesConnections);
    Thread.sleep(1_000);
    assertThat(first).isNotDone();

    Duration second = ended(close());

    assertThat(second).isLessThan(Patience.LIMIT);
    assertThat(ended(first)).isLessThan(Patience.LIMIT.multipliedBy(2));
    assertThat(open.status().isOk()).isFalse();
    assertThat(backend.cancelled.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }
}
