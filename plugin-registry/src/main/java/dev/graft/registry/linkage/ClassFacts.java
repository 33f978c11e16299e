package dev.graft.registry.linkage;

import java.util.Set;

/**
 * What a class file says of its class.
 *
 * @param modifiers as {@link java.lang.reflect.Modifier} has them
 * @param hasUsualConstructor whether there is a public constructor without parameters
 * @param ancestors the names of all its superclasses and interfaces, as far as they are there
 */
public record ClassFacts(int modifiers, boolean hasUsualConstructor, Set<String> ancestors) {
  public ClassFacts {
    ancestors = Set.copyOf(ancestors);
  }
}
