package dev.graft.gateway.threads;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A number of places, of which no one may take all. Whoever takes a place names a connection, a
 * user and a session; each of these names may have only so many places, its share. Safe for use by
 * several threads.
 */
final class Shares {
  private final int most;
  private final int each;
  private final Map<String, Integer> taken = new HashMap<>(); // guarded by this
  private int all; // guarded by this

  /**
   * Free places.
   *
   * @param most how many there are
   * @param each how many of them are one's share
   */
  Shares(int most, int each) {
    this.most = most;
    this.each = each;
  }

  /** Takes a place; false if all are taken, or one of these names has its share already. */
  synchronized boolean take(Set<String> sharers) {
    if (all >= most || sharers.stream().anyMatch(one -> taken.getOrDefault(one, 0) >= each)) {
      return false;
    }
    all++;
    sharers.forEach(one -> taken.merge(one, 1, Integer::sum));
    return true;
  }

  /** Gives a place back that was taken in the same names. */
  synchronized void giveBack(Set<String> sharers) {
    all--;
    sharers.forEach(
        one -> taken.computeIfPresent(one, (name, count) -> count == 1 ? null : count - 1));
  }

  /** How many are taken. */
  synchronized int taken() {
    return all;
  }
}
