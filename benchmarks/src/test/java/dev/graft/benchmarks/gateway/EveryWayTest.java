package dev.graft.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class EveryWayTest {
  @Test
  void givesTheSameAnswersAndStreams() throws Exception {
    byte[] message = {1, 2, 3};
    try (Routes routes = Routes.open()) {
      assertThat(routes.all())
          .extracting(Route::way)
          .startsWith(Way.DIRECT, Way.GATEWAY)
          .endsWith(Way.PLAIN);
      for (Route route : routes.all()) {
        ManagedChannel channel = route.connect();
        try {
          assertThat(
                  ClientCalls.blockingUnaryCall(
                      channel, ByteMethods.UNARY, CallOptions.DEFAULT, message))
              .isEqualTo(message);
          Streams.Reading reading = new Streams.Reading(channel, 100_000, 50);
          reading.call.request(Integer.MAX_VALUE);
          reading.awaitEnd();
          assertThat(reading.received.get()).as(route.way().toString()).isEqualTo(5_000_000);
        } finally {
          channel.shutdownNow();
        }
      }
      assertThat(sent(routes.direct())).isEqualTo(5_000_000L * routes.all().size());
    }
  }

  @Test
  void aProxysProcessorTimeIsItsOwn() throws Exception {
    try (Routes routes = Routes.open()) {
      double seconds = Streams.proxyCpu(routes.throughGateway(), 256 << 10, 100_000_000);

      assertThat(seconds).isPositive();
      assertThat(routes.direct().proxyCpu()).isZero();
    }
  }

  private static long sent(Route route) {
    ManagedChannel channel = route.connect();
    try {
      return ByteBuffer.wrap(
              ClientCalls.blockingUnaryCall(
                  channel, ByteMethods.SENT, CallOptions.DEFAULT, new byte[0]))
          .getLong();
    } finally {
      channel.shutdownNow();
    }
  }
}
