package dev.graft.gateway.memory;

import dev.graft.registry.error.ErrorCode;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that have been received and stand unread, since the other side of their call has no
 * room for them or nobody asks for them. Each stream may have a window full of them, and clients
 * choose how many streams there are. Above the limit, the connection with most of them loses calls,
 * the one with most first. Safe for use by several threads.
 */
final class UnreadBytes {
  /**
   * The part of the direct memory: an eighth, since buffers may be up to twice as large as what is
   * in them, and half of the direct memory belongs to {@link MemoryBudget}.
   */
  private static final int PART = 8;

  /** Above the limit one part in this many is freed, so that it is not reached again at once. */
  private static final int FREED_PART = 8;

  private final long most;
  private final AtomicLong total = new AtomicLong();
  private final Set<Unread> standing = ConcurrentHashMap.newKeySet();

  /**
   * None yet.
   *
   * @param most how many bytes there may be
   */
  UnreadBytes(long most) {
    this.most = most;
  }

  /** With the limit for this JVM. */
  static UnreadBytes ofMachine() {
    return new UnreadBytes(MemoryBudget.directMemory() / PART);
  }

  /** A call, as far as it matters here. */
  interface Owner {
    /** The client's connection that it came over, to be compared by equality. */
    Object connection();

    /** Ends it with a status, from any thread. */
    void refuse(Status status);
  }

  /** One direction of a call, of which nothing stands unread yet. */
  Unread of(Owner call) {
    return new Unread(this, call);
  }

  /** How many bytes there are. */
  long total() {
    return total.get();
  }

  /** The bytes of one direction have changed. */
  void changed(Unread unread, long before, long now) {
    if (before == 0) {
      standing.add(unread);
    } else if (now == 0) {
      standing.remove(unread);
    }
    if (total.addAndGet(now - before) > most && now > before) {
      tooMany().forEach(Unread::end);
    }
  }

  /** What has to be ended: from each connection that has most at that moment, its largest. */
  private synchronized List<Unread> tooMany() {
    long excess = total.get() - most;
    List<Unread> ended = new ArrayList<>();
    if (excess <= 0) {
      return ended; // another thread was quicker
    }
    PriorityQueue<OfConnection> connections =
        new PriorityQueue<>(Comparator.comparingLong(OfConnection::bytes).reversed());
    connections.addAll(byConnection());
    excess += most / FREED_PART;
    while (excess > 0 && !connections.isEmpty()) {
      OfConnection worst = connections.remove();
      Counted largest = worst.calls().remove();
      excess -= largest.bytes();
      ended.add(largest.unread());
      if (!worst.calls().isEmpty()) {
        connections.add(new OfConnection(worst.bytes() - largest.bytes(), worst.calls()));
      }
    }
    return ended;
  }

  /** What stands unread of a connection, the most first. */
  private record OfConnection(long bytes, PriorityQueue<Counted> calls) {}

  /** As many bytes as there were when they were looked at. */
  private record Counted(Unread unread, long bytes) {}

  private List<OfConnection> byConnection() {
    Map<Object, PriorityQueue<Counted>> calls = new HashMap<>();
    for (Unread unread : standing) {
      calls
          .computeIfAbsent(
              unread.connection(),
              connection ->
                  new PriorityQueue<>(Comparator.comparingLong(Counted::bytes).reversed()))
          .add(new Counted(unread, unread.bytes()));
    }
    return calls.values().stream()
        .map(all -> new OfConnection(all.stream().mapToLong(Counted::bytes).sum(), all))
        .toList();
  }

  /** What an ended call is told. Clients of Spark reattach to an execution after it. */
  static Status ended() {
    return Status.UNAVAILABLE.withDescription(
        "["
            + ErrorCode.GRAFT_MEMORY_EXHAUSTED
            + "] The gateway has ended this call: more was sent for it than the other side has read, and there is no memory for more such calls. Read faster or fewer results at a time, then try again; a reattachable execution may be reattached to.");
  }
}
