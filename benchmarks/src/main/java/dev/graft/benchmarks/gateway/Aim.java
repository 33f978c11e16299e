package dev.graft.benchmarks.gateway;

import java.util.Locale;

/**
 * An aim of the gateway's, and whether it was reached.
 *
 * @param what in words
 * @param measured in the unit of {@code limit}
 * @param limit the best or worst that meets the aim
 * @param most whether {@code limit} is the most, otherwise it is the least
 * @param format how both numbers are written
 */
record Aim(String what, double measured, double limit, boolean most, String format) {
  /** Whether it was reached. */
  boolean met() {
    return most ? measured <= limit : measured >= limit;
  }

  String[] cells() {
    return new String[] {
      what,
      (most ? "at most " : "at least ") + String.format(Locale.ROOT, format, limit),
      String.format(Locale.ROOT, format, measured),
      met() ? "yes" : "no"
    };
  }
}
