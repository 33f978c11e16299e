package dev.graft.spi;

import java.util.List;
import java.util.Objects;

/**
 * What a plugin makes of an extension.
 *
 * <p>A relation or expression extension is answered by a {@link Node} or, by a native plugin, an
 * {@link EngineNode}. A command is answered by one of the other forms. Arrays are handed over, not
 * copied: their maker must not write to them afterwards.
 */
public sealed interface Answer {
  /**
   * A standard Connect node that takes the extension's place.
   *
   * @param bytes a serialised {@code spark.connect.Relation} or {@code spark.connect.Expression},
   *     as the extension's kind says
   */
  record Node(byte[] bytes) implements Answer {
    public Node {
      Objects.requireNonNull(bytes, "bytes");
    }
  }

  /**
   * A node in the engine's own classes, which only the host that runs inside that engine
   * understands.
   *
   * @param node inside Spark a {@code Dataset} or {@code LogicalPlan} for a relation, a {@code
   *     Column} or Catalyst {@code Expression} for an expression
   */
  record EngineNode(Object node) implements Answer {
    public EngineNode {
      Objects.requireNonNull(node, "node");
    }
  }

  /** The command is done and has nothing to say. */
  record Done() implements Answer {}

  /**
   * The command answers with rows, which the client gets as a DataFrame.
   *
   * @param relation a serialised {@code spark.connect.Relation}
   */
  record Rows(byte[] relation) implements Answer {
    public Rows {
      Objects.requireNonNull(relation, "relation");
    }
  }

  /**
   * The command answers with rows in the engine's own classes.
   *
   * @param dataset inside Spark a {@code Dataset}
   */
  record EngineRows(Object dataset) implements Answer {
    public EngineRows {
      Objects.requireNonNull(dataset, "dataset");
    }
  }

  /**
   * The command stands for standard commands, to be run in this order.
   *
   * @param commands serialised {@code spark.connect.Command}s
   */
  record Commands(List<byte[]> commands) implements Answer {
    public Commands {
      commands = List.copyOf(commands);
    }
  }

  /**
   * The command answers with a message of the plugin's own, which reaches the client as {@code
   * ExecutePlanResponse.extension}.
   *
   * @param typeUrl the message's type URL
   * @param value the serialised message
   */
  record Message(String typeUrl, byte[] value) implements Answer {
    public Message {
      Objects.requireNonNull(typeUrl, "typeUrl");
      Objects.requireNonNull(value, "value");
    }
  }
}
