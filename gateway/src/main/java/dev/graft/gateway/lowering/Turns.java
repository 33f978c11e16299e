package dev.graft.gateway.lowering;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for a thread. They come out in the order in which they came, except that
 * nobody has another turn while somebody waits who has had none since: one who sends many does not
 * make all others wait behind them. Safe for use by several threads.
 */
final class Turns {
  private final Set<LoweringTask> waiting = new LinkedHashSet<>(); // guarded by this

  /** When those in whose names requests wait had their last turn. */
  private final Map<String, Long> lastTurns = new HashMap<>(); // guarded by this

  private long turn; // guarded by this

  synchronized void add(LoweringTask task) {
    waiting.add(task);
  }

  /** Takes one out that is not to have its turn; false if it is not there. */
  synchronized boolean remove(LoweringTask task) {
    return waiting.remove(task);
  }

  /** The next one; null if there is none. */
  synchronized @Nullable LoweringTask next() {
    LoweringTask next = null;
    long longestAgo = Long.MAX_VALUE;
    for (Iterator<LoweringTask> each = waiting.iterator(); each.hasNext() && longestAgo > 0; ) {
      LoweringTask task = each.next();
      long last = lastTurn(task);
      if (last < longestAgo) {
        next = task;
        longestAgo = last;
      }
    }
    if (next == null) {
      return null;
    }
    waiting.remove(next);
    turn++;
    for (String sharer : next.sharers()) {
      lastTurns.put(sharer, turn);
    }
    forgetWhoDoesNotWait();
    return next;
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
