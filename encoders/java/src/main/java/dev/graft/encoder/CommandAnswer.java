package dev.graft.encoder;

import com.google.protobuf.Any;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** What a command that ran to its end has answered. */
public sealed interface CommandAnswer extends Answer {
  @Override
  default Optional<Any> packedMessage() {
    return this instanceof Message answer ? Optional.of(answer.message()) : Optional.empty();
  }

  @Override
  default boolean isRows() {
    return this instanceof Rows;
  }

  /** The command is done and had nothing to say, or nothing that this client knows. */
  record Nothing() implements CommandAnswer {}

  /**
   * The command answered with rows.
   *
   * @param relation the rows, still on the server; read them with {@link
   *     ConnectSession#rows(Relation)}
   */
  record Rows(Relation relation) implements CommandAnswer {
    public Rows {
      Objects.requireNonNull(relation, "relation");
    }
  }

  /**
   * The command answered with a message of the plugin's own.
   *
   * @param message the message, packed
   */
  record Message(Any message) implements CommandAnswer {
    public Message {
      Objects.requireNonNull(message, "message");
    }
  }
}
