package dev.graft.registry.invoke;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What came of the calls of one kind. A thread counts in one of a few parts, under that part's
 * lock: one atomic step for a call, not one for each of its numbers. The lock is the JVM's own,
 * which is given back even where the stack overflows in the middle. Safe for use by several
 * threads.
 */
public final class Tally {
  /** A power of two. */
  private static final int PARTS =
      Integer.highestOneBit(Math.min(16, 4 * Runtime.getRuntime().availableProcessors()));

  private static final int SPREAD_BITS = 4;

  private enum Outcome {
    ACCEPTED,
    DECLINED,
    FAILED
  }

  /** The numbers of one part. */
  private static final class Part {
    private final long[] durations = new long[Durations.BUCKETS];
    private long accepted;
    private long declined;
    private long failed;
    private long nanos;
    private long longest;
    private long bytesIn;
    private long bytesOut;

    synchronized void add(Outcome outcome, long took, long in, long out) {
      switch (outcome) {
        case ACCEPTED -> accepted++;
        case DECLINED -> declined++;
        case FAILED -> failed++;
      }
      durations[Durations.bucket(took)]++;
      nanos += took;
      longest = Math.max(longest, took);
      bytesIn += in;
      bytesOut += out;
    }

    synchronized CallCounts counts() {
      return new CallCounts(
          accepted,
          declined,
          failed,
          bytesIn,
          bytesOut,
          0,
          new Durations(durations.clone(), nanos, longest));
    }
  }

  private final AtomicReferenceArray<@Nullable Part> parts = new AtomicReferenceArray<>(PARTS);
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final LongAdder nodes = new LongAdder();

  /** Counts nothing yet. */
  public Tally() {}

  /**
   * One call more that was answered.
   *
   * @param nanos how long it took
   * @param bytesIn how many bytes came
   * @param bytesOut how many went back
   */
  public void accepted(long nanos, long bytesIn, long bytesOut) {
    add(Outcome.ACCEPTED, nanos, bytesIn, bytesOut);
  }

  /** One call more that was left to others. */
  void declined(long nanos, long bytesIn) {
    add(Outcome.DECLINED, nanos, bytesIn, 0);
  }

  /**
   * One call more that failed.
   *
   * @param code one of few
   */
  public void failed(String code, long nanos, long bytesIn, long bytesOut) {
    add(Outcome.FAILED, nanos, bytesIn, bytesOut);
    failures.computeIfAbsent(code, each -> new LongAdder()).increment();
  }

  /** How many calls failed, by code. */
  public SortedMap<String, Long> failures() {
    SortedMap<String, Long> counts = new TreeMap<>();
    failures.forEach((code, count) -> counts.put(code, count.sum()));
    return counts;
  }

  /** So many nodes were in an answer. */
  void made(int number) {
    nodes.add(number);
  }

  private void add(Outcome outcome, long nanos, long bytesIn, long bytesOut) {
    // Threads' numbers follow one another; the factor spreads them.
    long spread = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L;
    part((int) (spread >>> (Long.SIZE - SPREAD_BITS)) & (PARTS - 1))
        .add(outcome, nanos, bytesIn, bytesOut);
  }

  private Part part(int place) {
    Part known = parts.get(place);
    if (known == null) {
      Part made = new Part();
      known = parts.compareAndSet(place, null, made) ? made : parts.get(place);
    }
    if (known == null) {
      throw new AssertionError("a part was taken away");
    }
    return known;
  }

  /** All numbers so far. Of a call that ends meanwhile all numbers are in it, or none. */
  public CallCounts counts() {
    CallCounts counts = CallCounts.NONE;
    for (int place = 0; place < PARTS; place++) {
      Part part = parts.get(place);
      if (part != null) {
        counts = counts.plus(part.counts());
      }
    }
    return counts.withNodes(nodes.sum());
  }
}
