package dev.graft.benchmarks.attacks;

import java.util.List;

/**
 * What one kind of attack did to the neighbour.
 *
 * @param name of the attack
 * @param before the neighbour's calls before it
 * @param during those beside it
 * @param after those after it: the quickest of some seconds within the minute that follows
 * @param failures what calls of the neighbour ended with that did not end well
 * @param attacker what the attacker says of itself
 * @param logBytes by how much the gateway's log has grown
 */
record Harm(
    String name,
    Latencies before,
    Latencies during,
    Latencies after,
    List<String> failures,
    String attacker,
    long logBytes) {
  /** How many times as long calls may take beside an attack. */
  static final double DURING = 5;

  /** How many times as long they may take after it. */
  static final double AFTER = 1.2;

  /** How much the same measurement varies on a machine; smaller differences mean nothing. */
  static final double NOISE_MILLIS = 1;

  Harm {
    failures = List.copyOf(failures);
  }

  double ratioDuring() {
    return during.p99() / before.p99();
  }

  double ratioAfter() {
    return after.p99() / before.p99();
  }

  /** Whether the times after the attack are those before it again. */
  static boolean recovered(Latencies before, Latencies after) {
    return after.p99() <= Math.max(AFTER * before.p99(), before.p99() + NOISE_MILLIS);
  }

  boolean met() {
    return ratioDuring() <= DURING && recovered(before, after) && failures.isEmpty();
  }
}
