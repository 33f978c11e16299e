package dev.graft.registry.lowering;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** How often the oracle's properties came to which end. Safe for use by several threads. */
final class OracleCounts {
  private static final Map<String, Long> COUNTS = new ConcurrentSkipListMap<>();

  private OracleCounts() {}

  static void add(String what, long count) {
    COUNTS.merge(what, count, Long::sum);
  }

  /** One line for each count. */
  static String text() {
    StringBuilder lines = new StringBuilder();
    COUNTS.forEach(
        (what, count) -> lines.append(String.format(Locale.ROOT, "%,12d  %s%n", count, what)));
    return lines.toString();
  }
}
