package dev.graft.gateway.connect;

import dev.graft.registry.Dispatched;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.wire.WireMessage;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a command extension into standard commands and at most one answer. Safe for use by several
 * threads.
 */
final class CommandLowering {
  /**
   * What a command extension stands for.
   *
   * @param commands serialised standard commands, to be run in this order
   * @param answer what the client gets after that; empty where no plugin gave an answer other than
   *     commands
   */
  record LoweredCommand(List<byte[]> commands, Optional<CommandAnswer> answer) {
    LoweredCommand {
      commands = List.copyOf(commands);
    }
  }

  private final PlanRequests plans;

  CommandLowering(PlanRequests plans) {
    this.plans = plans;
  }

  /**
   * Asks the plugins.
   *
   * @param any the serialised {@code Any}
   * @throws GraftException if a plugin fails or nobody answers, the budget is spent, or the answer
   *     is one that only a host inside an engine can give
   */
  LoweredCommand lower(byte[] any, GatewayRequest request) {
    return new Expansion(request).run(any);
  }

  /** One command on its way. A plugin may answer with extensions, so there is a stack of them. */
  private final class Expansion {
    private final GatewayRequest request;
    private final Deque<Pending> stack = new ArrayDeque<>();
    private final List<byte[]> commands = new ArrayList<>();
    private @Nullable CommandAnswer answer;

    Expansion(GatewayRequest request) {
      this.request = request;
    }

    LoweredCommand run(byte[] any) {
      answer(any);
      while (!stack.isEmpty()) {
        Pending next = stack.pop();
        byte[] command = next.command();
        if (command == null) {
          request.budget().exit();
          continue;
        }
        byte[] lowered = plans.lower(ConnectType.COMMAND, command, request);
        Optional<byte[]> extension = new WireMessage(lowered).field(FieldNumbers.COMMAND_EXTENSION);
        if (extension.isPresent()) {
          answer(extension.get());
        } else {
          commands.add(lowered);
        }
      }
      return new LoweredCommand(commands, Optional.ofNullable(answer));
    }

    private void answer(byte[] any) {
      Extension extension = AnyExtension.read(ExtensionKind.COMMAND, any);
      request.budget().enter(extension.typeUrl());
      stack.push(Pending.END);
      Dispatched dispatched = request.dispatcher().dispatch(extension, request);
      Answer given = dispatched.answer();
      spendBytes(given, extension.typeUrl());
      if (given instanceof Answer.Commands several) {
        List<byte[]> inOrder = several.commands();
        for (int i = inOrder.size() - 1; i >= 0; i--) {
          request.budget().spendNode(extension.typeUrl());
          stack.push(new Pending(inOrder.get(i)));
        }
      } else if (given instanceof Answer.Rows rows) {
        say(
            CommandAnswer.rows(plans.lower(ConnectType.RELATION, rows.relation(), request)),
            dispatched);
      } else if (given instanceof Answer.Message message) {
        say(CommandAnswer.message(message), dispatched);
      } else if (!(given instanceof Answer.Done)) {
        throw unsupported(
            dispatched,
            "answered its command with rows in an engine's own classes, and a gateway has no engine.");
      }
    }

    private void spendBytes(Answer given, String typeUrl) {
      ExpansionBudget budget = request.budget();
      if (given instanceof Answer.Commands several) {
        several.commands().forEach(command -> budget.spendBytes(command.length, typeUrl));
      } else if (given instanceof Answer.Rows rows) {
        budget.spendBytes(rows.relation().length, typeUrl);
      } else if (given instanceof Answer.Message message) {
        budget.spendBytes(message.value().length, typeUrl);
      }
    }

    private void say(CommandAnswer said, Dispatched dispatched) {
      if (answer != null) {
        throw unsupported(
            dispatched,
            "gave a second answer to one command, and through a gateway there can be one only.");
      }
      answer = said;
    }
  }

  private static GraftException unsupported(Dispatched dispatched, String what) {
    return new GraftException(
        ErrorCode.GRAFT_HOST_UNSUPPORTED,
        dispatched.plugin().describe()
            + " "
            + what
            + " Use a server that has Graft inside Spark for this command.");
  }

  /**
   * A command to be lowered.
   *
   * @param command null where the commands of one answer end
   */
  private record Pending(byte @Nullable [] command) {
    static final Pending END = new Pending(null);
  }
}
