package dev.graft.generate.reading;

import dev.graft.generate.model.OperationKind;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the kinds of messages beside their annotations.
 *
 * @param chosen what the caller said, by full name
 * @param found what the plugins of a jar say, by full name; a message may have plugins of several
 *     kinds. An annotation and the caller count for more
 */
public record KindChoices(
    Map<String, OperationKind> chosen, Map<String, Set<OperationKind>> found) {
  public KindChoices {
    chosen = Map.copyOf(chosen);
    found = Map.copyOf(found);
  }

  /** Nothing is known. */
  public static KindChoices none() {
    return new KindChoices(Map.of(), Map.of());
  }
}
