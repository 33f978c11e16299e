package dev.graft.generate.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which messages and enums are given to operations, and which ones commands answer with. Each of a
 * file is one of the two or both.
 */
public final class Directions {
  private final ClientFile client;
  private final Set<String> given = new HashSet<>();
  private final Set<String> received = new HashSet<>();

  /** Follows all operations of a file. */
  public Directions(ClientFile client) {
    this.client = client;
    for (Operation operation : client.operations()) {
      follow(operation.arguments(), given);
      operation
          .reply()
          .filter(received::add)
          .ifPresent(reply -> follow(client.message(reply).arguments(), received));
    }
  }

  /** Whether users make one of the type with that full name. */
  public boolean isGiven(String fullName) {
    return given.contains(fullName);
  }

  /** Whether a server sends one of the type with that full name. */
  public boolean isReceived(String fullName) {
    return received.contains(fullName);
  }

  /** The messages that servers send, by full name. */
  public List<DataMessage> received() {
    return client.messages().stream().filter(each -> isReceived(each.fullName())).toList();
  }

  /** With a list of its own, since messages may nest deeper than a stack. */
  private void follow(List<Argument> arguments, Set<String> reached) {
    Deque<Argument> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      if (left.remove().shape().type() instanceof ValueType.Reference reference
          && reached.add(reference.fullName())
          && reference instanceof ValueType.MessageReference) {
        left.addAll(client.message(reference.fullName()).arguments());
      }
    }
  }
}
