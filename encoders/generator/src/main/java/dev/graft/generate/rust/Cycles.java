package dev.graft.generate.rust;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which fields must be boxed, since a struct would hold itself. Lists and maps hold it elsewhere.
 */
final class Cycles {
  private final ClientFile client;

  Cycles(ClientFile client) {
    this.client = client;
  }

  /** Whether a message that is held in place holds another that is its owner. */
  boolean leadsBack(Argument argument, String owner) {
    Set<String> reached = new HashSet<>();
    Deque<Argument> left = new ArrayDeque<>(List.of(argument));
    while (!left.isEmpty()) {
      if (left.peek().shape() instanceof Shape.Single single
          && single.type() instanceof ValueType.MessageReference reference) {
        if (reference.fullName().equals(owner)) {
          return true;
        }
        if (reached.add(reference.fullName())) {
          left.addAll(client.message(reference.fullName()).arguments());
        }
      }
      left.remove();
    }
    return false;
  }
}
