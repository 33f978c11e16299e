package dev.graft.gateway.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many connections the clients of an address may open within a second. To begin a connection
 * costs the event loops far more than to accept one, and whoever does nothing else would take from
 * all others the processor. An address that has been idle may open all of them at once; after that
 * each further one is allowed when its share of a second has passed, so that they don't come in
 * bursts.
 *
 * <p>Remembers the addresses of a second or two. Safe for use by several threads.
 */
final class AddressPace {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long share;
  private final LongSupplier nanoTime;
  private final long start;

  /**
   * For each address, the time since the start, in nanoseconds, until which its connections last if
   * each takes its share of a second and they follow one another.
   */
  private final Map<InetAddress, Long> lasting = new HashMap<>();

  private long cleared;

  /**
   * No address has opened a connection yet.
   *
   * @param most how many within a second, 1 to 1,000,000
   */
  AddressPace(int most) {
    this(most, System::nanoTime);
  }

  /** With the clock of a test. */
  AddressPace(int most, LongSupplier nanoTime) {
    this.share = SECOND / most;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Whether one more connection of an address is allowed, which then counts. */
  synchronized boolean allows(InetAddress address) {
    long now = nanoTime.getAsLong() - start;
    if (now - cleared > SECOND) {
      lasting.values().removeIf(until -> until <= now);
      cleared = now;
    }
    long until = Math.max(lasting.getOrDefault(address, now), now) + share;
    if (until - now > SECOND) {
      return false;
    }
    lasting.put(address, until);
    return true;
  }
}
