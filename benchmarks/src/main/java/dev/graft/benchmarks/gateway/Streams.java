package dev.graft.benchmarks.gateway;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Streams from the backend to the client. */
final class Streams {
  private Streams() {}

  /**
   * The processor time that the proxy spends on a stream, in seconds for each 10^9 bytes.
   *
   * @param bytes how much is streamed
   */
  static double proxyCpu(Route route, int messageBytes, long bytes) throws InterruptedException {
    ManagedChannel channel = route.connect();
    try {
      int messages = (int) (bytes / messageBytes);
      long before = route.proxyCpu().toNanos();
      Reading reading = new Reading(channel, messageBytes, messages);
      reading.call.request(Integer.MAX_VALUE);
      reading.awaitEnd();
      return (double) (route.proxyCpu().toNanos() - before) / ((long) messages * messageBytes);
    } finally {
      channel.shutdownNow();
    }
  }

  /** One stream on its way. */
  static final class Reading extends ClientCall.Listener<Integer> {
    final ClientCall<byte[], Integer> call;
    final AtomicLong received = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Status status = Status.OK;

    /** Begins a stream; the caller must ask for its messages. */
    Reading(ManagedChannel channel, int messageBytes, int messages) {
      call = channel.newCall(ByteMethods.STREAM, CallOptions.DEFAULT);
      call.start(this, new Metadata());
      call.sendMessage(ByteMethods.streamRequest(messageBytes, messages));
      call.halfClose();
    }

    @Override
    public void onMessage(Integer length) {
      received.addAndGet(length);
    }

    @Override
    public void onClose(Status ending, Metadata trailers) {
      status = ending;
      ended.countDown();
    }

    void awaitEnd() throws InterruptedException {
      ended.await();
      if (!status.isOk()) {
        throw status.asRuntimeException();
      }
    }
  }
}
