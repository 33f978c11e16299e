package dev.graft.gateway.memory;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that messages may take together while they are received, decompressed, lowered and
 * passed on, in both directions: each by itself may be within its limit, and clients choose how
 * many there are. A call that would take more than there is is refused at once, so that the heap,
 * which all calls share, never runs out.
 *
 * <p>A message is counted once although it moves, from what Netty has received of it (direct
 * memory) to the heap and back: at no time it is at two places for long. Hence each of the two must
 * have room for all of the budget. Safe for use by several threads.
 */
public final class MemoryBudget {
  /** Up to how many bytes a share is small, and may use the part reserved for small ones. */
  static final int SMALL = 64 << 10;

  /** One part in this many of the budget is for small shares only. */
  private static final int SMALL_PART = 8;

  /**
   * One part in this many of the budget is out of reach for the large shares of any one connection.
   */
  private static final int OTHERS_PART = 4;

  private final long most;
  private final AtomicLong taken = new AtomicLong();
  private final UnreadBytes unread;
  private final Map<SocketAddress, ConnectionMemory> connections = new ConcurrentHashMap<>();

  /**
   * A budget of which nothing is taken.
   *
   * @param most how many bytes
   */
  public MemoryBudget(long most) {
    this.most = most;
    this.unread = UnreadBytes.ofMachine();
  }

  /**
   * Half of the heap, or of what direct memory there is if that is less. The other half is for
   * everything else: what plugins make of their messages above all.
   */
  public static MemoryBudget ofMachine() {
    return new MemoryBudget(Math.min(Runtime.getRuntime().maxMemory(), directMemory()) / 2);
  }

  /** How many bytes of direct memory, outside the heap, this JVM may use. */
  public static long directMemory() {
    return PlatformDependent.maxDirectMemory();
  }

  /** How many bytes the budget has. */
  public long most() {
    return most;
  }

  /** How many bytes large shares may take together. */
  private long mostOfLarge() {
    return most - most / SMALL_PART;
  }

  /** How many bytes the large shares of one connection may take: three quarters. */
  public long mostOfOne() {
    return most - most / OTHERS_PART;
  }

  /** How many bytes are taken. */
  public long taken() {
    return taken.get();
  }

  /** A share that has taken nothing yet. */
  public Share share() {
    return new Share(this);
  }

  /** The bytes that stand unread, which have a limit of their own. */
  UnreadBytes unread() {
    return unread;
  }

  /** How many bytes stand unread. */
  public long standingUnread() {
    return unread.total();
  }

  /** One more call has begun over a connection. */
  ConnectionMemory join(SocketAddress client) {
    return connections.compute(
        client,
        (address, known) -> {
          ConnectionMemory connection = known == null ? new ConnectionMemory() : known;
          connection.calls++;
          return connection;
        });
  }

  /** A call that has joined is over. */
  void leave(SocketAddress client) {
    connections.computeIfPresent(
        client, (address, connection) -> --connection.calls == 0 ? null : connection);
  }

  /** Takes bytes, or none of them. */
  boolean take(long bytes, boolean small, @Nullable ConnectionMemory connection) {
    if (connection != null && !connection.take(bytes, small ? most : mostOfOne())) {
      return false;
    }
    if (taken.addAndGet(bytes) <= (small ? most : mostOfLarge())) {
      return true;
    }
    giveBack(bytes, connection);
    return false;
  }

  void giveBack(long bytes, @Nullable ConnectionMemory connection) {
    taken.addAndGet(-bytes);
    if (connection != null) {
      connection.giveBack(bytes);
    }
  }

  /** The refusal of a call that would take more than there is. */
  GraftException exhausted() {
    return new GraftException(
        ErrorCode.GRAFT_MEMORY_EXHAUSTED,
        "The gateway has no memory for this call beside the others: what it receives, decompresses, lowers and passes on at one time may take %,d bytes, which is half of its heap or of its direct memory, and three quarters of that over one connection. Try again later, send large data as an artifact or a table, or have the gateway given a larger heap (-Xmx)."
            .formatted(most));
  }
}
