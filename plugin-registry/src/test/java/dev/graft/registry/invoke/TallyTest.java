package dev.graft.registry.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is counted of calls. */
class TallyTest {
  @Test
  void noCallIsLostAmongThreads() throws InterruptedException {
    Tally tally = new Tally();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  begin.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int call = 0; call < 50_000; call++) {
                  tally.accepted(2_000, 3, 5);
                }
                tally.failed("CODE", 9_000, 1, 0);
              });
      thread.start();
      threads.add(thread);
    }
    begin.countDown();
    for (int i = 0; i < 50; i++) {
      CallCounts meanwhile = tally.counts();
      // Of each call all numbers are in it, or none.
      assertThat(meanwhile.bytesOut()).isEqualTo(5 * meanwhile.accepted());
      assertThat(meanwhile.durations().count()).isEqualTo(meanwhile.offered());
    }
    for (Thread thread : threads) {
      thread.join();
    }
    CallCounts counts = tally.counts();
    assertThat(counts.accepted()).isEqualTo(800_000);
    assertThat(counts.failed()).isEqualTo(16);
    assertThat(counts.bytesIn()).isEqualTo(800_000 * 3 + 16);
    assertThat(counts.durations().maxNanos()).isEqualTo(9_000);
    assertThat(tally.failures()).containsExactly(java.util.Map.entry("CODE", 16L));
  }

  @Property
  void aQuantileIsNotTooLowAndAtMostAQuarterTooHigh(
      @ForAll @Size(min = 1, max = 200)
          List<@LongRange(min = 0, max = 7_200_000_000_000L) Long> nanos,
      @ForAll @LongRange(min = 1, max = 100) long percent) {
    Tally tally = new Tally();
    nanos.forEach(each -> tally.accepted(each, 0, 0));
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    long exact = sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
    long told = tally.counts().durations().quantileNanos(percent / 100.0);

    assertThat(told).isGreaterThanOrEqualTo(exact);
    if (exact < 4_398_046_511_104L) { // what is longer is told as the longest
      assertThat(told).isLessThanOrEqualTo(Math.max(1_024, exact + exact / 4 + 1));
    }
  }

  @Property
  void theBucketsHoldEachCallOnce(
      @ForAll @Size(min = 1, max = 200)
          List<@LongRange(min = 0, max = 7_200_000_000_000L) Long> nanos) {
    Tally tally = new Tally();
    nanos.forEach(each -> tally.accepted(each, 0, 0));
    List<Durations.Bucket> buckets = tally.counts().durations().buckets();

    long seen = 0;
    long most = -1;
    for (Durations.Bucket bucket : buckets) {
      assertThat(bucket.mostNanos()).isGreaterThan(most);
      most = bucket.mostNanos();
      seen += bucket.count();
    }
    assertThat(seen).isEqualTo(nanos.size());
    assertThat(buckets.get(0).count()).isPositive();
    assertThat(buckets.get(buckets.size() - 1).count()).isPositive();
  }
}
