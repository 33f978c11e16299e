package dev.graft.benchmarks.gateway;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clients that read a megabyte in a second of streams that could be a thousand times as fast.
 *
 * @param direct the bytes, for each stream, that the backend has sent and the client has not read
 *     when nothing is between them: they lie in windows and sockets
 * @param through the same with the gateway between
 * @param memory by how much the gateway's live objects and buffers have grown, for each stream
 */
record SlowReaders(double direct, double through, double memory) {
  static final int STREAMS = 32;
  static final int MESSAGE_BYTES = 256 << 10;
  private static final int BYTES_PER_SECOND = 1 << 20;

  /** Measures both ways one after the other; the gateway is started for this measurement. */
  static SlowReaders measure(Routes routes, Duration time)
      throws IOException, InterruptedException {
    double direct = underWay(routes.direct(), routes, time, () -> {});
    try (ChildProcess gateway = Routes.gateway("sc://127.0.0.1:" + routes.direct().port())) {
      Route through = new Route(Way.GATEWAY, gateway.port(), Optional.of(gateway.handle()));
      Calls.warmUp(through);
      long before = memory(gateway);
      long[] during = {0};
      double held = underWay(through, routes, time, () -> during[0] = memory(gateway));
      return new SlowReaders(direct, held, (during[0] - before) / (double) STREAMS);
    }
  }

  private static long memory(ChildProcess gateway) throws IOException {
    return Long.parseLong(gateway.ask("memory"));
  }

  /** Something to be done while the streams are full. */
  private interface Observation {
    void make() throws IOException;
  }

  private static double underWay(Route route, Routes routes, Duration time, Observation observation)
      throws IOException, InterruptedException {
    List<ManagedChannel> channels = new ArrayList<>();
    List<Streams.Reading> readings = new ArrayList<>();
    ManagedChannel asking = routes.direct().connect();
    try {
      long sentBefore = sent(asking);
      for (int i = 0; i < STREAMS; i++) {
        ManagedChannel channel = route.connect();
        channels.add(channel);
        readings.add(new Streams.Reading(channel, MESSAGE_BYTES, 1 << 20));
      }
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < time.toNanos()) {
        readings.forEach(reading -> reading.call.request(1));
        Thread.sleep(1_000L * MESSAGE_BYTES / BYTES_PER_SECOND);
      }
      observation.make();
      long received = readings.stream().mapToLong(reading -> reading.received.get()).sum();
      return (sent(asking) - sentBefore - received) / (double) STREAMS;
    } finally {
      asking.shutdownNow();
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private static long sent(ManagedChannel channel) {
    byte[] sent =
        ClientCalls.blockingUnaryCall(channel, ByteMethods.SENT, CallOptions.DEFAULT, new byte[0]);
    return ByteBuffer.wrap(sent).getLong();
  }
}
