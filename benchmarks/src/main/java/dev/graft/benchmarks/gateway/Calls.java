package dev.graft.benchmarks.gateway;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Calls with one small message in each direction. */
final class Calls {
  private static final byte[] MESSAGE = new byte[100];

  private Calls() {}

  /** The median time of one call after the other, in microseconds. */
  static double latency(Route route, Duration time) {
    ManagedChannel channel = route.connect();
    try {
      long[] nanos = new long[1 << 20];
      int calls = 0;
      long end = System.nanoTime() + time.toNanos();
      for (long now = System.nanoTime(); now < end && calls < nanos.length; calls++) {
        ClientCalls.blockingUnaryCall(channel, ByteMethods.UNARY, CallOptions.DEFAULT, MESSAGE);
        long after = System.nanoTime();
        nanos[calls] = after - now;
        now = after;
      }
      Arrays.sort(nanos, 0, calls);
      return nanos[calls / 2] / 1e3;
    } finally {
      channel.shutdownNow();
    }
  }

  /** Makes some calls, so that what they need is loaded. */
  static void warmUp(Route route) throws InterruptedException {
    if (rate(route, 8, Duration.ofSeconds(1)) == 0) {
      throw new IllegalStateException("No call has ended");
    }
  }

  /** How many calls end in a second while this many are under way on one connection. */
  static double rate(Route route, int inFlight, Duration time) throws InterruptedException {
    ManagedChannel channel = route.connect();
    try {
      Flight flight = new Flight(channel, inFlight, System.nanoTime() + time.toNanos());
      long begin = System.nanoTime();
      for (int i = 0; i < inFlight; i++) {
        flight.begin();
      }
      flight.ended.await();
      Status failure = flight.failure.get();
      if (failure != null) {
        throw failure.asRuntimeException();
      }
      return flight.calls.sum() * 1e9 / (System.nanoTime() - begin);
    } finally {
      channel.shutdownNow();
    }
  }

  /** Begins a call whenever one has ended. */
  private static final class Flight {
    private final ManagedChannel channel;
    private final long endNanos;
    private final CountDownLatch ended;
    private final LongAdder calls = new LongAdder();
    private final AtomicReference<Status> failure = new AtomicReference<>();

    Flight(ManagedChannel channel, int inFlight, long endNanos) {
      this.channel = channel;
      this.endNanos = endNanos;
      this.ended = new CountDownLatch(inFlight);
    }

    void begin() {
      ClientCall<byte[], byte[]> call = channel.newCall(ByteMethods.UNARY, CallOptions.DEFAULT);
      call.start(
          new ClientCall.Listener<>() {
            @Override
            public void onClose(Status status, Metadata trailers) {
              if (!status.isOk()) {
                failure.set(status);
              }
              calls.increment();
              if (failure.get() != null || System.nanoTime() > endNanos) {
                ended.countDown();
              } else {
                begin();
              }
            }
          },
          new Metadata());
      call.request(2);
      call.sendMessage(MESSAGE);
      call.halfClose();
    }
  }
}
