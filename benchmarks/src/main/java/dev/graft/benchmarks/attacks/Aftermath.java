package dev.graft.benchmarks.attacks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What attacks leave in a gateway.
 *
 * @param before the state before them
 * @param after the state at the end, or a minute after it
 * @param left what has grown more than it may, in words; empty if nothing has
 * @param outOfMemory what the log says of each OutOfMemoryError
 */
record Aftermath(Vitals before, Vitals after, String left, List<String> outOfMemory) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PAUSE_MILLIS = 2_000;

  /** Looks until nothing is left, for a minute at most. */
  static Aftermath of(AttackedGateway gateway, Vitals before)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Vitals after = gateway.vitals();
      String left = before.leftBy(after);
      if (left.isEmpty() || System.nanoTime() > end) {
        return new Aftermath(before, after, left, gateway.outOfMemory());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  boolean clean() {
    return left.isEmpty() && outOfMemory.isEmpty();
  }
}
