package dev.graft.gateway.connect;

import io.grpc.Status;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that plans may take together which clients have compressed: what comes out is far more
 * than what was sent, and each plan by itself may be within its limit. Safe for use by several
 * threads.
 */
final class PlanBytes {
  /** What has come out is put together, lowered and compressed again. */
  private static final int COPIES = 3;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /** Memory of which nothing is taken. */
  PlanBytes(long most) {
    this.most = most;
  }

  /** Half of the heap. */
  static PlanBytes ofHeap() {
    return new PlanBytes(Runtime.getRuntime().maxMemory() / 2);
  }

  /** Whether a plan that becomes so large fits while there is no other. */
  boolean fits(long plan) {
    return COPIES * plan <= most;
  }

  /** How many bytes are taken. */
  long taken() {
    return taken.get();
  }

  /** For one request, which has taken nothing yet. */
  Share share() {
    return new Share();
  }

  /** What one request takes, until it is closed. Used by one thread. */
  final class Share implements AutoCloseable {
    private long bytes;

    private Share() {}

    /**
     * So many bytes of a plan have come out.
     *
     * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED if that is more than there is
     */
    void take(long more) {
      long cost = COPIES * more;
      bytes += cost;
      if (taken.addAndGet(cost) > most) {
        throw Status.RESOURCE_EXHAUSTED
            .withDescription(
                "The gateway has no memory for what this compressed plan becomes, beside those of others."
                    + " Try again later, or upload large data as an artifact or a table.")
            .asRuntimeException();
      }
    }

    @Override
    public void close() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
