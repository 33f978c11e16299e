package dev.graft.generate.model;

import java.util.List;
import java.util.Optional;

/**
 * An extension that clients can use.
 *
 * @param name its public name, unique among the operations and types of its {@link ClientFile}
 * @param messageName the full name of its message, such as {@code acme.v1.TopK}
 * @param arguments in the order of the source
 * @param reply the full name of the message that a command answers with, to be looked up by {@link
 *     ClientFile#message}; empty where it answers with nothing or with rows, or where nobody said
 *     it
 */
public record Operation(
    OperationKind kind,
    Name name,
    String messageName,
    Documentation documentation,
    List<Argument> arguments,
    List<OneOf> oneofs,
    Optional<String> reply) {
  public Operation {
    arguments = List.copyOf(arguments);
    oneofs = List.copyOf(oneofs);
  }

  /** The first relation that must be given: where there is one, it says which session is meant. */
  public Optional<Argument> leadingRelation() {
    return arguments.stream()
        .filter(argument -> argument.isRequiredInput(InputKind.RELATION))
        .findFirst();
  }
}
