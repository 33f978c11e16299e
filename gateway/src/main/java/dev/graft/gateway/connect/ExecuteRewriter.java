package dev.graft.gateway.connect;

import dev.graft.gateway.proxy.Rewriter;
import dev.graft.registry.lowering.ConnectType;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExtensionSearch;
import dev.graft.spi.HostContext.Phase;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ExecutePlan}: lowers the plan, and has a command extension answered. */
final class ExecuteRewriter implements Rewriter {
  /** Every line answers it with a {@code SqlCommandResult}, and none runs a job for it. */
  private static final byte[] NOTHING =
      WireMessage.EMPTY
          .with(Fields.COMMAND_SQL, WireMessage.EMPTY.with(Fields.SQL_TEXT, "SELECT 1").bytes())
          .bytes();

  private final PlanRequests plans;
  private final CommandLowering commands;
  private final CommandAnswers answers;

  ExecuteRewriter(PlanRequests plans, CommandLowering commands, CommandAnswers answers) {
    this.plans = plans;
    this.commands = commands;
    this.answers = answers;
  }

  @Override
  public boolean concerns(byte[] request) {
    return ExtensionSearch.mayHoldExtension(request);
  }

  @Override
  public Rewritten rewrite(byte[] request, Metadata headers) {
    return PlanRequests.orStatus(() -> lower(request, headers));
  }

  private Rewritten lower(byte[] request, Metadata headers) {
    GatewayRequest context = plans.context(request, Phase.EXECUTION, headers);
    ExpansionBudget budget = plans.budget();
    // Also refuses what says a plan or command twice, so that below there is one of each at most.
    byte[] lowered = plans.lower(ConnectType.EXECUTE_PLAN_REQUEST, request, context, budget);
    WireMessage message = new WireMessage(lowered);
    Optional<byte[]> extension =
        message
            .message(Fields.EXECUTE_PLAN)
            .message(Fields.PLAN_COMMAND)
            .field(Fields.COMMAND_EXTENSION);
    return extension
        .map(any -> answer(message, commands.lower(any, context, budget), context))
        .orElseGet(() -> Rewritten.request(lowered));
  }

  private Rewritten answer(
      WireMessage request, CommandLowering.Lowered lowered, GatewayRequest context) {
    List<byte[]> before = new ArrayList<>();
    for (byte[] command : lowered.commands()) {
      before.add(ownOperation(command(request, command)).bytes());
    }
    if (lowered.answer().isEmpty() && !before.isEmpty()) {
      before.remove(before.size() - 1);
      byte[] last = lowered.commands().get(lowered.commands().size() - 1);
      return new Rewritten(before, command(request, last).bytes(), response -> response);
    }
    CommandAnswer answer = lowered.answer().orElse(CommandAnswer.NOTHING);
    String operation = request.text(Fields.EXECUTE_OPERATION_ID);
    if (!operation.isEmpty()) {
      answers.remember(context.userId(), context.sessionId(), operation, answer);
    }
    return new Rewritten(before, command(request, NOTHING).bytes(), answer::putInto);
  }

  private static WireMessage command(WireMessage request, byte[] command) {
    return request.with(
        Fields.EXECUTE_PLAN,
        request.message(Fields.EXECUTE_PLAN).with(Fields.PLAN_COMMAND, command).bytes());
  }

  /** The client's operation is the last one; those before it get ids from the backend. */
  private static WireMessage ownOperation(WireMessage request) {
    return request.without(Fields.EXECUTE_OPERATION_ID, Fields.EXECUTE_REQUEST_OPTIONS);
  }
}
