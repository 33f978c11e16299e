package dev.graft.generate.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which messages are given to operations, and which ones commands answer with. */
public final class Directions {
  private final ClientFile client;
  private final Set<String> given = new HashSet<>();
  private final Set<String> received = new HashSet<>();

  /** Follows all operations of a file. */
  public Directions(ClientFile client) {
    this.client = client;
    for (Operation operation : client.operations()) {
      follow(operation.arguments(), given);
      operation.reply().ifPresent(reply -> enter(reply, received));
    }
    for (DataMessage message : client.messages()) {
      if (!isGiven(message) && !isReceived(message)) {
        enter(message.fullName(), given);
      }
    }
  }

  /** Whether users make one; also of a message that nobody refers to. */
  public boolean isGiven(DataMessage message) {
    return given.contains(message.fullName());
  }

  /** Whether a server sends one. */
  public boolean isReceived(DataMessage message) {
    return received.contains(message.fullName());
  }

  private void enter(String fullName, Set<String> reached) {
    if (reached.add(fullName)) {
      follow(client.message(fullName).arguments(), reached);
    }
  }

  /** With a list of its own, since messages may nest deeper than a stack. */
  private void follow(List<Argument> arguments, Set<String> reached) {
    Deque<Argument> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      if (left.remove().shape().type() instanceof ValueType.MessageReference reference
          && reached.add(reference.fullName())) {
        left.addAll(client.message(reference.fullName()).arguments());
      }
    }
  }
}
