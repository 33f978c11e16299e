package dev.graft.registry.invoke;

import java.util.ArrayList;
import java.util.List;

/**
 * How long calls took: how many were in each of some buckets, whose bounds grow by an eighth to a
 * quarter, from a microsecond to an hour. Immutable.
 */
public final class Durations {
  /** Each power of two is parted in so many buckets: 2 bits. */
  private static final int PART_BITS = 2;

  private static final int PARTS = 1 << PART_BITS;

  /** The first bucket ends at 2^10 ns. */
  private static final int LEAST_BITS = 10;

  /** The last begins at 2^42 ns, which is more than an hour. */
  private static final int MOST_BITS = 42;

  static final int BUCKETS = 1 + (MOST_BITS - LEAST_BITS) * PARTS + 1;

  /** No calls. */
  public static final Durations NONE = new Durations(new long[BUCKETS], 0, 0);

  /**
   * Calls that took about as long as one another.
   *
   * @param count how many
   * @param mostNanos none took longer
   */
  public record Bucket(long count, long mostNanos) {}

  private final long[] counts;
  private final long nanos;
  private final long longest;

  /**
   * Durations that were counted.
   *
   * @param counts by bucket; not copied
   * @param nanos of all calls together
   * @param longest of one call, in nanoseconds
   */
  Durations(long[] counts, long nanos, long longest) {
    this.counts = counts;
    this.nanos = nanos;
    this.longest = longest;
  }

  /** The bucket of a duration. */
  static int bucket(long nanos) {
    if (nanos < 1L << LEAST_BITS) {
      return 0;
    }
    int bits = 63 - Long.numberOfLeadingZeros(nanos);
    if (bits >= MOST_BITS) {
      return BUCKETS - 1;
    }
    int part = (int) (nanos >>> (bits - PART_BITS)) & (PARTS - 1);
    return 1 + (bits - LEAST_BITS) * PARTS + part;
  }

  /** What comes after all durations in a bucket. */
  private static long end(int bucket) {
    if (bucket == 0) {
      return 1L << LEAST_BITS;
    }
    int bits = LEAST_BITS + (bucket - 1) / PARTS;
    int part = (bucket - 1) % PARTS;
    return (PARTS + part + 1L) << (bits - PART_BITS);
  }

  /** How many calls there were. */
  public long count() {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    return count;
  }

  /** How long all of them took together, in nanoseconds. */
  public long totalNanos() {
    return nanos;
  }

  /** How long the longest took, in nanoseconds. */
  public long maxNanos() {
    return longest;
  }

  /**
   * What a part of the calls did not exceed, at most a quarter too high; 0 where there were none.
   *
   * @param part from 0 to 1, such as 0.99
   * @return nanoseconds
   */
  public long quantileNanos(double part) {
    long wanted = (long) Math.ceil(part * count());
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      seen += counts[bucket];
      if (seen >= wanted && seen > 0) {
        return bucket == BUCKETS - 1 ? longest : Math.min(longest, end(bucket));
      }
    }
    return longest;
  }

  /**
   * The calls by powers of two, from the first that has any to the last that has any; those below a
   * microsecond are together in one.
   */
  public List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    long empty = 0;
    for (int first = 0; first < BUCKETS; first += first == 0 ? 1 : PARTS) {
      int last = Math.min(BUCKETS, first == 0 ? 1 : first + PARTS) - 1;
      long count = 0;
      for (int bucket = first; bucket <= last; bucket++) {
        count += counts[bucket];
      }
      if (count > 0) {
        long end = last == BUCKETS - 1 ? 2L << MOST_BITS : end(last);
        for (; empty > 0; empty--) {
          buckets.add(new Bucket(0, end >> empty));
        }
        buckets.add(new Bucket(count, last == BUCKETS - 1 ? longest : end(last)));
      } else if (!buckets.isEmpty()) {
        empty++;
      }
    }
    return buckets;
  }

  /** Both together. */
  Durations plus(Durations other) {
    long[] sums = counts.clone();
    for (int i = 0; i < BUCKETS; i++) {
      sums[i] += other.counts[i];
    }
    return new Durations(sums, nanos + other.nanos, Math.max(longest, other.longest));
  }
}
