package dev.graft.gateway.threads;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for a thread, and those that have one. They come out in the order in which
 * they came, with two exceptions, so that one who sends many does not make all others wait behind
 * them: nobody has another turn while somebody waits who has had none since, and nobody has all of
 * the threads at once, where there are several. Safe for use by several threads.
 */
final class Turns {
  private final int mostWaiting;
  private final int atOnceOfOne;

  // All guarded by this.
  private final Set<LoweringTask> waiting = new LinkedHashSet<>();
  private final Set<LoweringTask> working = new HashSet<>();

  /** When those in whose names requests wait had their last turn. */
  private final Map<String, Long> lastTurns = new HashMap<>();

  private long turn;

  /** How many threads have found nothing but requests of those who have their share of threads. */
  private int owed;

  /**
   * Nobody waits.
   *
   * @param mostWaiting how many may
   * @param threads how many there are
   */
  Turns(int mostWaiting, int threads) {
    this.mostWaiting = mostWaiting;
    this.atOnceOfOne = Math.max(1, threads - 1);
  }

  /** Has a request wait; false if there are too many. */
  synchronized boolean add(LoweringTask task) {
    return waiting.size() < mostWaiting && waiting.add(task);
  }

  /** Takes one out that is not to have its turn; false if it is not there. */
  synchronized boolean remove(LoweringTask task) {
    return waiting.remove(task);
  }

  /**
   * The next one, for a thread of its own; null if there is none. Where some wait, but none that
   * may have its turn now, a thread is owed: see {@link #leave}.
   */
  synchronized @Nullable LoweringTask next() {
    Map<String, Integer> atWork = new HashMap<>();
    for (LoweringTask task : working) {
      task.sharers().forEach(sharer -> atWork.merge(sharer, 1, Integer::sum));
    }
    LoweringTask next = null;
    long longestAgo = Long.MAX_VALUE;
    for (LoweringTask task : waiting) {
      long last = lastTurn(task);
      if (last < longestAgo
          && task.sharers().stream()
              .allMatch(sharer -> atWork.getOrDefault(sharer, 0) < atOnceOfOne)) {
        next = task;
        longestAgo = last;
      }
    }
    if (next == null) {
      owed = Math.min(owed + 1, waiting.size());
      return null;
    }
    waiting.remove(next);
    working.add(next);
    turn++;
    for (String sharer : next.sharers()) {
      lastTurns.put(sharer, turn);
    }
    forgetWhoDoesNotWait();
    return next;
  }

  /**
   * One has come to its end, waits for something else, or is given up: others in its names may have
   * a turn.
   *
   * @return whether a thread is to ask for the next one
   */
  synchronized boolean leave(LoweringTask task) {
    if (!working.remove(task) || owed == 0) {
      return false;
    }
    owed--;
    return true;
  }

  /** One that waited for something else goes on. */
  synchronized void comeBack(LoweringTask task) {
    working.add(task);
  }

  private long lastTurn(LoweringTask task) {
    return task.sharers().stream()
        .mapToLong(sharer -> lastTurns.getOrDefault(sharer, 0L))
        .max()
        .orElse(0);
  }

  private void forgetWhoDoesNotWait() {
    Set<String> sharers = new HashSet<>();
    waiting.forEach(task -> sharers.addAll(task.sharers()));
    lastTurns.keySet().retainAll(sharers);
  }
}
