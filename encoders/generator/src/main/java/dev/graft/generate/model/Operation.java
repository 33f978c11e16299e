package dev.graft.generate.model;

import java.util.List;
import java.util.Optional;

/**
 * An extension that clients can use.
 *
 * @param name its public name, unique among the operations and types of its {@link ClientFile}
 * @param fullName the full name of its message, such as {@code acme.v1.TopK}
 * @param arguments in the order of the source
 * @param reply the full name of the message that a command answers with, to be looked up by {@link
 *     ClientFile#message}; empty where it answers with nothing or with rows, or where nobody said
 *     it
 */
public record Operation(
    OperationKind kind,
    Name name,
    String fullName,
    Documentation documentation,
    List<Argument> arguments,
    List<OneOf> oneofs,
    Optional<String> reply)
    implements MessageType {
  public Operation {
    arguments = List.copyOf(arguments);
    oneofs = List.copyOf(oneofs);
  }

  /** The first input of a kind that must be given; a relation says which session is meant. */
  public Optional<Argument> leading(InputKind kind) {
    return arguments.stream().filter(argument -> argument.isRequiredInput(kind)).findFirst();
  }
}
