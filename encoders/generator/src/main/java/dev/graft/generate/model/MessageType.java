package dev.graft.generate.model;

import java.util.List;

/** A message of a plugin's own, whatever it is used for. */
public sealed interface MessageType permits DataMessage, Operation {
  /** Its full name, such as {@code acme.v1.TopK}. */
  String fullName();

  /** Its name in clients. */
  Name name();

  /** What the author wrote about it. */
  Documentation documentation();

  /** Its fields, in the order of the source. */
  List<Argument> arguments();

  /** Its choices, in the order of the source. */
  List<OneOf> oneofs();

  /** The choice of that name, which {@link Argument#oneof} refers to. */
  default OneOf choice(String field) {
    return oneofs().stream()
        .filter(choice -> choice.field().equals(field))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No choice " + field));
  }
}
