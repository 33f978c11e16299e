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
 * What was given up and should be collected. From time to time it is looked at; of what the
 * collector has met and had to leave, the log says so, once. The collector is not made to run: as
 * long as it does not, nothing is said. Safe for use by several threads.
 */
final class StillHeld {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  /** More are not looked at: the log has said enough by then. */
  private static final int MOST = 10_000;

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
  private final Duration interval;

  /** Given up before the sign was put up. */
  private List<Entry> before = new ArrayList<>();

  /** Given up after that. */
  private final Deque<Entry> after = new ArrayDeque<>();

  private @Nullable CollectorSign sign;
  private boolean looking;

  /** Nothing given up yet. */
  StillHeld(ScheduledExecutorService clock, Duration interval) {
    this.clock = clock;
    this.interval = interval;
  }

  synchronized void watch(GivenUp what) {
    if (before.size() + after.size() < MOST) {
      after.add(new Entry(what, System.nanoTime()));
      lookLater();
    }
  }

  private void lookLater() {
    if (!looking) {
      looking = true;
      ScheduledFuture<?> unused = // nobody waits for it
          clock.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
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
    looking = false;
    before.removeIf(entry -> entry.what().isOver());
    after.removeIf(entry -> entry.what().isOver());
    List<Entry> met = List.of();
    if (sign != null && sign.isGone()) {
      met = before;
      before = new ArrayList<>();
      sign = null;
    }
    if (sign == null && !after.isEmpty()) {
      before.addAll(after);
      after.clear();
      sign = CollectorSign.put();
    }
    if (!before.isEmpty() || !after.isEmpty()) {
      lookLater();
    }
    return met;
  }
}
