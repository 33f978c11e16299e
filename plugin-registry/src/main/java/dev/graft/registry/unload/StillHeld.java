package dev.graft.registry.unload;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was given up and should be collected. It is looked at again and again, soon at first and
 * then less often, and no longer than any of it is left: a clock that has work holds this class and
 * its loader. Of what the collector has met and had to leave, long after it was given up, the log
 * says so, once. The collector is not made to run: as long as it does not, nothing is said. Safe
 * for use by several threads.
 */
final class StillHeld {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  /** More are not looked at: the log has said enough by then. */
  private static final int MOST = 10_000;

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Something that was given up. It holds what it is about weakly. */
  interface GivenUp {
    /** Whether it is collected, and so needs no word. */
    boolean isOver();

    /**
     * The collector has met it, and somebody held it.
     *
     * @param minutes since it was given up
     * @return a line for the log
     */
    String stillThere(long minutes);
  }

  private record Entry(GivenUp what, long sinceNanos) {}

  private final ScheduledExecutorService clock;
  private final Duration patience;

  /** What the collector should meet before the sign is gone. */
  private List<Entry> before = new ArrayList<>();

  /** What is not yet waited for long enough, the oldest first. */
  private final Deque<Entry> after = new ArrayDeque<>();

  private @Nullable CollectorSign sign;
  private Duration pause = SOON;
  private @Nullable ScheduledFuture<?> next;

  /**
   * Nothing given up yet.
   *
   * @param patience what is collected in this time needs no word; nor are looks further apart
   */
  StillHeld(ScheduledExecutorService clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  synchronized void watch(GivenUp what) {
    if (before.size() + after.size() < MOST) {
      after.add(new Entry(what, System.nanoTime()));
      lookIn(SOON);
    }
  }

  private void lookIn(Duration time) {
    Duration shorter = time.compareTo(patience) < 0 ? time : patience;
    if (next != null && next.getDelay(TimeUnit.MILLISECONDS) > shorter.toMillis()) {
      next.cancel(false);
      next = null;
    }
    if (next == null) {
      pause = shorter;
      next = clock.schedule(this::look, shorter.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    for (Entry entry : met()) {
      LOG.warn(
          "{}",
          entry
              .what()
              .stillThere(TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - entry.sinceNanos())));
    }
  }

  /** What the collector has met since the last sign was put up, and left. */
  private synchronized List<Entry> met() {
    next = null;
    before.removeIf(entry -> entry.what().isOver());
    after.removeIf(entry -> entry.what().isOver());
    List<Entry> met = List.of();
    if (sign != null && sign.isGone()) {
      met = before;
      before = new ArrayList<>();
      sign = null;
    }
    if (sign == null) {
      long now = System.nanoTime();
      while (!after.isEmpty() && now - after.peek().sinceNanos() >= patience.toNanos()) {
        before.add(after.remove());
      }
      sign = before.isEmpty() ? null : CollectorSign.put();
    }
    if (!before.isEmpty() || !after.isEmpty()) {
      lookIn(pause.multipliedBy(2));
    }
    return met;
  }
}
