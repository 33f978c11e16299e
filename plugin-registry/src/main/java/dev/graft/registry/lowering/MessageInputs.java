package dev.graft.registry.lowering;

import java.util.List;

/**
 * The parts of a plan in the message of an extension, each serialised, in the order of the
 * message's bytes. What is inside one of them is not listed by itself.
 *
 * @param relations the {@code spark.connect.Relation}s
 * @param expressions the {@code spark.connect.Expression}s
 */
public record MessageInputs(List<byte[]> relations, List<byte[]> expressions) {
  /** No inputs: the message has none, or nothing is known of its fields. */
  public static final MessageInputs NONE = new MessageInputs(List.of(), List.of());

  public MessageInputs {
    relations = List.copyOf(relations);
    expressions = List.copyOf(expressions);
  }
}
