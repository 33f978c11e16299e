package dev.graft.registry.linkage;

import java.util.List;

/**
 * An abstract method that a class inherits and does not implement.
 *
 * @param wanted the method, as a person would write it
 * @param present the class's own methods of that name, written likewise
 */
public record Unimplemented(String wanted, List<String> present) {
  public Unimplemented {
    present = List.copyOf(present);
  }
}
