package dev.graft.gateway.threads;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who gives way where there is no place left: the latest request of the name that has most places,
 * for one whose own names have fewer. Many who take their whole share each cannot shut out somebody
 * who has next to nothing.
 */
final class Heaviest {
  private Heaviest() {}

  /**
   * The request that gives way.
   *
   * @param placed those that have a place, in the order in which they came
   * @return null if nobody has more than the newcomer would have
   */
  static @Nullable LoweringTask before(Collection<LoweringTask> placed, LoweringTask newcomer) {
    Map<String, Integer> counts = new HashMap<>();
    placed.forEach(task -> task.sharers().forEach(name -> counts.merge(name, 1, Integer::sum)));
    String heaviest = null;
    int most = 1 + weight(newcomer, counts);
    for (Map.Entry<String, Integer> name : counts.entrySet()) {
      if (name.getValue() > most) {
        heaviest = name.getKey();
        most = name.getValue();
      }
    }
    LoweringTask last = null;
    for (LoweringTask task : placed) {
      if (heaviest != null && task.sharers().contains(heaviest)) {
        last = task;
      }
    }
    return last;
  }

  private static int weight(LoweringTask task, Map<String, Integer> counts) {
    return task.sharers().stream().mapToInt(name -> counts.getOrDefault(name, 0)).max().orElse(0);
  }
}
