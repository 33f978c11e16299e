package dev.graft.generate.model;

import java.util.List;

/**
 * A message that is no operation here: one that stands in a field, or that answers a command.
 *
 * @param fullName such as {@code acme.v1.Bounds}
 * @param name unique among the operations and types of its {@link ClientFile}
 * @param arguments in the order of the source
 */
public record DataMessage(
    String fullName,
    Name name,
    Documentation documentation,
    List<Argument> arguments,
    List<OneOf> oneofs)
    implements MessageType {
  public DataMessage {
    arguments = List.copyOf(arguments);
    oneofs = List.copyOf(oneofs);
  }
}
