package dev.graft.testkit.contract;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.spi.Answer;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.PlanningException;
import java.util.List;

/** What became of a sample. */
sealed interface Outcome {
  /** A serialised node of an answer. */
  record Node(ConnectType type, byte[] bytes) {}

  /**
   * The plugin answered.
   *
   * @param by the class name of the plugin that did
   */
  record Answered(Answer answer, ExtensionKind kind, String by) implements Outcome {
    /** The Connect nodes in the answer. */
    List<Node> nodes() {
      if (answer instanceof Answer.Node node) {
        ConnectType type =
            kind == ExtensionKind.RELATION ? ConnectType.RELATION : ConnectType.EXPRESSION;
        return List.of(new Node(type, node.bytes()));
      } else if (answer instanceof Answer.Rows rows) {
        return List.of(new Node(ConnectType.RELATION, rows.relation()));
      } else if (answer instanceof Answer.Commands commands) {
        return commands.commands().stream()
            .map(command -> new Node(ConnectType.COMMAND, command))
            .toList();
      }
      return List.of();
    }
  }

  /** Nobody took it. */
  record Declined() implements Outcome {}

  /** It was refused, by the plugin or for what the plugin did. */
  record Refused(GraftException refusal) implements Outcome {
    ErrorCode code() {
      return refusal.code();
    }

    /** Whether the plugin refused it as plugins should: by a planning error that says something. */
    boolean asPlanned() {
      return code() == ErrorCode.GRAFT_PLUGIN_REFUSED
          && refusal.getCause() instanceof PlanningException planning
          && !String.valueOf(planning.getMessage()).isBlank();
    }
  }

  /** The host refused what the plugin asked it; not the plugin's doing. */
  record RefusedByHost() implements Outcome {}
}
