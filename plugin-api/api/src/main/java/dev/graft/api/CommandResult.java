package dev.graft.api;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Objects;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Relation;

/** What the client of a command gets. */
public sealed interface CommandResult {
  /** Nothing: the command is done. */
  static CommandResult nothing() {
    return new Nothing();
  }

  /**
   * Rows, which the client gets as a DataFrame over this relation. The relation may hold
   * extensions.
   */
  static CommandResult rows(Relation relation) {
    return new Rows(relation);
  }

  /** Standard commands, which the server runs in this order. */
  static CommandResult commands(Command... commands) {
    return new Commands(List.of(commands));
  }

  /**
   * A message of the plugin's own, which reaches the client packed as {@code
   * ExecutePlanResponse.extension}.
   */
  static CommandResult message(Message message) {
    return new Reply(message);
  }

  /** See {@link #nothing()}. */
  record Nothing() implements CommandResult {}

  /** See {@link #rows(Relation)}. */
  record Rows(Relation relation) implements CommandResult {
    public Rows {
      Objects.requireNonNull(relation, "relation");
    }
  }

  /** See {@link #commands(Command...)}. */
  record Commands(List<Command> commands) implements CommandResult {
    public Commands {
      commands = List.copyOf(commands);
    }
  }

  /** See {@link #message(Message)}. */
  record Reply(Message message) implements CommandResult {
    public Reply {
      Objects.requireNonNull(message, "message");
    }
  }
}
