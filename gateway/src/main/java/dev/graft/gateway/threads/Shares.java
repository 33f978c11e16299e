package dev.graft.gateway.threads;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number of places. Each name that a request counts for, a connection, a user and a session, may
 * have only so many of them, its share; where all are taken, the {@link Heaviest} gives way. Safe
 * for use by several threads.
 */
final class Shares {
  private final int most;
  private final int each;
  private final Set<LoweringTask> placed = new LinkedHashSet<>(); // guarded by this

  /**
   * Free places.
   *
   * @param most how many there are
   * @param each how many of them are one's share
   */
  Shares(int most, int each) {
    this.most = most;
    this.each = each;
  }

  /**
   * Takes a place.
   *
   * @return who has none: the request itself where one of its names has its share already, or
   *     nobody has more than it; another that gives way to it; null if there was room
   */
  synchronized @Nullable LoweringTask take(LoweringTask task) {
    if (task.sharers().stream().anyMatch(name -> count(name) >= each)) {
      return task;
    }
    LoweringTask leaves = placed.size() < most ? null : Heaviest.before(placed, task);
    if (leaves == null && placed.size() >= most) {
      return task;
    }
    placed.remove(leaves);
    placed.add(task);
    return leaves;
  }

  private long count(String name) {
    return placed.stream().filter(task -> task.sharers().contains(name)).count();
  }

  /** Gives a place back; without one, nothing happens. */
  synchronized void giveBack(LoweringTask task) {
    placed.remove(task);
  }

  /** How many are taken. */
  synchronized int taken() {
    return placed.size();
  }
}
