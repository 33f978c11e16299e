package dev.graft.benchmarks.attacks;

import java.util.Locale;

/**
 * What a gateway holds, after a full collection.
 *
 * @param heap bytes of live objects
 * @param direct bytes of buffers outside the heap
 * @param threads Java threads, without those that observing it needs
 * @param descriptors open files and sockets
 * @param streams of HTTP/2, on both sides
 * @param tasks plans that are lowered or wait for it
 */
record Vitals(long heap, long direct, int threads, int descriptors, int streams, int tasks) {
  private static final int MEGABYTE = 1 << 20;

  /**
   * What a later state has more than this one, beyond what a gateway keeps for a while (pooled
   * buffers, answers) and what observing it needs (threads, sockets).
   *
   * @param later the state after attacks
   * @return empty if all is as it was
   */
  String leftBy(Vitals later) {
    StringBuilder left = new StringBuilder();
    note(left, "heap", later.heap - heap, 48L * MEGABYTE);
    note(left, "direct memory", later.direct - direct, 64L * MEGABYTE);
    note(left, "threads", later.threads - threads, 4);
    note(left, "descriptors", later.descriptors - descriptors, 12);
    note(left, "streams", later.streams - streams, 0);
    note(left, "lowering tasks", later.tasks - tasks, 0);
    return left.toString();
  }

  private static void note(StringBuilder left, String what, long more, long allowed) {
    if (more > allowed) {
      left.append(left.isEmpty() ? "" : ", ").append(what).append(" +").append(more);
    }
  }

  /** The cells of a row. */
  String[] cells() {
    return new String[] {
      String.format(Locale.ROOT, "%.1f", heap / (double) MEGABYTE),
      String.format(Locale.ROOT, "%.1f", direct / (double) MEGABYTE),
      Integer.toString(threads),
      Integer.toString(descriptors),
      Integer.toString(streams),
      Integer.toString(tasks)
    };
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f MB of heap, %.1f MB of buffers, %d threads, %d descriptors, %d streams, %d tasks",
        heap / (double) MEGABYTE,
        direct / (double) MEGABYTE,
        threads,
        descriptors,
        streams,
        tasks);
  }
}
