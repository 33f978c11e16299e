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
 * them: a name that has had a turn has no other before those who have been waiting since, and where
 * there are several threads no name has all of them at once. Safe for use by several threads.
 */
final class Turns {
  private final int mostWaiting;
  private final int atOnceOfOne;

  // All guarded by this.
  private final Set<LoweringTask> waiting = new LinkedHashSet<>();
  private final Set<LoweringTask> working = new HashSet<>();

  /** For each name that a waiting request counts for, when it had its last turn. */
  private final Map<String, Long> lastTurns = new HashMap<>();

  private long turn;

  /**
   * How many threads got no request because all that waited were of names with their share of
   * threads.
   */
  private int owed;

  /**
   * Nobody waits.
   *
   * @param mostWaiting how many requests may wait
   * @param threads how many threads there are
   */
  Turns(int mostWaiting, int threads) {
    this.mostWaiting = mostWaiting;
    this.atOnceOfOne = Math.max(1, threads - 1);
  }

  /**
   * Adds a request that waits.
   *
   * @return who does not wait: the request itself where too many wait already; another that gives
   *     way to it; null if there was room
   */
  synchronized @Nullable LoweringTask add(LoweringTask task) {
    LoweringTask leaves = waiting.size() < mostWaiting ? null : Heaviest.before(waiting, task);
    if (leaves == null && waiting.size() >= mostWaiting) {
      return task;
    }
    waiting.remove(leaves);
    waiting.add(task);
    return leaves;
  }

  /** Removes a request that is not to have its turn; false if it does not wait. */
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
   * Says that a request has ended, waits for the backend, or was given up: others of its names may
   * then have a turn.
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

  /** Says that a request that waited for the backend goes on. */
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
