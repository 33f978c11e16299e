package dev.graft.registry.invoke;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What came of the calls of one kind. To count a call takes a thread one of a few parts that nobody
 * else has at that moment, in which all its numbers stand: one atomic step for a call, not one for
 * each number. Safe for use by several threads.
 */
public final class Tally {
  /** A power of two. */
  private static final int PARTS =
      Integer.highestOneBit(Math.min(16, 2 * Runtime.getRuntime().availableProcessors() - 1));

  private enum Outcome {
    ACCEPTED,
    DECLINED,
    FAILED
  }

  /** The numbers of one part, for who has taken it. */
  private static final class Part {
    private final AtomicBoolean taken = new AtomicBoolean();
    private final long[] durations = new long[Durations.BUCKETS];
    private long accepted;
    private long declined;
    private long failed;
    private long nanos;
    private long longest;
    private long bytesIn;
    private long bytesOut;

    boolean take() {
      return taken.compareAndSet(false, true);
    }

    void giveBack() {
      taken.setRelease(false);
    }

    void add(Outcome outcome, long took, long in, long out) {
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

    CallCounts counts() {
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
    Part part = take();
    part.add(outcome, nanos, bytesIn, bytesOut);
    part.giveBack();
  }

  private Part take() {
    // Threads' numbers follow one another; the factor spreads them.
    int place = (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> 60);
    while (true) {
      for (int i = 0; i < PARTS; i++) {
        Part part = part((place + i) & (PARTS - 1));
        if (part.take()) {
          return part;
        }
      }
      LockSupport.parkNanos(1_000); // its thread may not be running
    }
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
        while (!part.take()) {
          LockSupport.parkNanos(1_000);
        }
        counts = counts.plus(part.counts());
        part.giveBack();
      }
    }
    return counts.withNodes(nodes.sum());
  }
}
