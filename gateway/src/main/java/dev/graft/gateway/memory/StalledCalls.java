package dev.graft.gateway.memory;

import dev.graft.registry.error.ErrorCode;
import io.grpc.Status;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of which one side does not take what the other sends. What has been sent then stands
 * unread in the call's window, of which gRPC tells nobody, so that no budget of bytes counts it.
 * Hence there is a limit to the number of such calls: above it the connection that has most of them
 * loses the one that has stood longest.
 *
 * <p>Every call stands for a moment each time that its sender is quicker than its reader. So only
 * one that has stood for a second is ended, unless there are twice as many as the limit. Safe for
 * use by several threads.
 */
public final class StalledCalls {
  /**
   * What a byte in a window takes of direct memory: Netty keeps the buffers of which it is part.
   */
  static final int BYTES_OF_ONE = 3;

  /** The part of the direct memory that unread bytes may take: half of what no budget counts. */
  private static final int PART = 4;

  /** However little memory there is, a few may stand. */
  private static final int FEWEST = 8;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final LongSupplier nanoTime;

  /** The one that has stood longest first. */
  private final Set<Stall> standing = new LinkedHashSet<>();

  /**
   * Has no calls yet.
   *
   * @param most how many may stand, however long; twice as many for less than a second
   */
  StalledCalls(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * As many as this JVM's direct memory is good for.
   *
   * @param windowBytes what may stand unread in one call
   */
  static StalledCalls ofMachine(int windowBytes) {
    long unread = MemoryBudget.directMemory() / PART;
    long both = unread / ((long) BYTES_OF_ONE * windowBytes);
    return new StalledCalls((int) Math.max(FEWEST, both / 2), System::nanoTime);
  }

  /** A call, as far as it matters here. */
  interface Owner {
    /** The connection that it came over, to be compared by equality. */
    Object connection();

    /** Ends it with a status, from any thread. */
    void refuse(Status status);
  }

  /** One direction of a call. It stands, or it does not. */
  public static final class Stall {
    private final StalledCalls all;
    private final Owner call;
    private volatile boolean stands; // written under the lock of all
    private boolean closed; // guarded by all
    private long since; // guarded by all

    private Stall(StalledCalls all, Owner call) {
      this.all = all;
      this.call = call;
    }

    /** One side has sent what the other has no room for. */
    public void begins() {
      all.begins(this);
    }

    /** There is room again. */
    public void ends() {
      if (stands) {
        all.remove(this);
      }
    }

    /** The call is over. */
    void close() {
      synchronized (all) {
        closed = true;
      }
      ends();
    }
  }

  /** A direction of a call that does not stand yet. */
  Stall of(Owner call) {
    return new Stall(this, call);
  }

  private void begins(Stall stall) {
    Stall tooMany;
    synchronized (this) {
      if (stall.closed || !standing.add(stall)) {
        return;
      }
      stall.stands = true;
      stall.since = nanoTime.getAsLong();
      tooMany = standing.size() > most ? tooMany(stall.since) : null;
      if (tooMany != null) {
        remove(tooMany);
      }
    }
    if (tooMany != null) {
      tooMany.call.refuse(
          Status.UNAVAILABLE.withDescription(
              "["
                  + ErrorCode.GRAFT_MEMORY_EXHAUSTED
                  + "] The gateway has ended this call: one side does not read what the other sends, and there are more such calls than it has memory for. Read faster, or in parts; a reattachable execution may be reattached to."));
    }
  }

  private synchronized void remove(Stall stall) {
    if (standing.remove(stall)) {
      stall.stands = false;
    }
  }

  /** The one that goes; null if the calls are given more time. */
  private @Nullable Stall tooMany(long now) {
    Map<Object, Integer> counts = new HashMap<>();
    Object worst = null;
    for (Stall one : standing) {
      Object connection = one.call.connection();
      int count = counts.merge(connection, 1, Integer::sum);
      if (worst == null || count > counts.getOrDefault(worst, 0)) {
        worst = connection;
      }
    }
    for (Stall one : standing) {
      if (one.call.connection().equals(worst)) {
        return standing.size() > 2 * most || now - one.since >= PATIENCE ? one : null;
      }
    }
    return null;
  }

  /** How many stand at the moment. */
  synchronized int standing() {
    return standing.size();
  }
}
