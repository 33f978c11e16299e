package dev.graft.gateway.connect;

import dev.graft.gateway.access.Caller;
import dev.graft.gateway.access.Credentials;
import dev.graft.gateway.memory.Share;
import dev.graft.gateway.proxy.Rewriter;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.lowering.ExtensionSearch;
import dev.graft.registry.wire.WireMessage;
import dev.graft.spi.HostContext.Phase;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** {@code ExecutePlan}: lowers the plan, and has a command extension answered. */
final class ExecuteRewriter implements Rewriter {
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
    return ExtensionSearch.mayHoldExtension(request)
        || PlanPlaces.EXECUTE_PLAN_REQUEST.mayHoldCompressedPlan(request);
  }

  @Override
  public Set<String> sharers(byte[] request) {
    return Caller.read(ConnectMethods.EXECUTE_PLAN, request).sharers(Credentials.ofCall());
  }

  @Override
  public Rewritten rewrite(byte[] request, Metadata headers, Share memory) {
    return PlanRequests.orStatus(() -> lower(request, headers, memory));
  }

  @Override
  public StatusRuntimeException refusal(byte[] request, StatusRuntimeException refusal) {
    return RefusalStatus.understood(refusal, request, FieldNumbers.EXECUTE_CLIENT_TYPE);
  }

  private Rewritten lower(byte[] request, Metadata headers, Share memory) {
    GatewayRequest context = plans.begin(request, Phase.EXECUTION, headers, memory);
    // This also refuses a request with two plans or commands, so that below there is at most one of
    // each.
    byte[] lowered = plans.lower(ConnectType.EXECUTE_PLAN_REQUEST, request, context);
    WireMessage message = new WireMessage(lowered);
    if (PlanPlaces.EXECUTE_PLAN_REQUEST.mayHoldCompressedPlan(lowered)) {
      Optional<CompressedPlan> compressed =
          message
              .only(FieldNumbers.EXECUTE_PLAN)
              .map(WireMessage::new)
              .flatMap(found -> plans.decompress(found, context));
      return compressed
          .map(plan -> lowerCompressed(message, plan, context))
          .orElseGet(() -> Rewritten.request(lowered));
    }
    WireMessage plan = message.message(FieldNumbers.EXECUTE_PLAN);
    Optional<byte[]> extension =
        plan.message(FieldNumbers.PLAN_COMMAND).field(FieldNumbers.COMMAND_EXTENSION);
    return extension
        .map(
            any ->
                answer(
                    message,
                    command -> plan.with(FieldNumbers.PLAN_COMMAND, command),
                    any,
                    context))
        .orElseGet(() -> Rewritten.request(lowered));
  }

  private Rewritten lowerCompressed(
      WireMessage request, CompressedPlan plan, GatewayRequest context) {
    byte[] lowered = plans.lower(plan.type(), plan.operation(), context);
    if (plan.type() == ConnectType.COMMAND && ExtensionSearch.mayHoldExtension(lowered)) {
      Optional<byte[]> extension = new WireMessage(lowered).field(FieldNumbers.COMMAND_EXTENSION);
      if (extension.isPresent()) {
        return answer(request, plan::with, extension.get(), context);
      }
    }
    return Rewritten.request(
        lowered == plan.operation()
            ? request.bytes()
            : request.with(FieldNumbers.EXECUTE_PLAN, plan.with(lowered).bytes()).bytes());
  }

  /**
   * Runs what a command stands for.
   *
   * @param planOf makes the request's plan with another command in it
   * @param any the command's extension
   */
  private Rewritten answer(
      WireMessage request,
      Function<byte[], WireMessage> planOf,
      byte[] any,
      GatewayRequest context) {
    CommandLowering.LoweredCommand lowered = commands.lower(any, context);
    Function<byte[], WireMessage> requestOf =
        command -> request.with(FieldNumbers.EXECUTE_PLAN, planOf.apply(command).bytes());
    List<byte[]> before = new ArrayList<>();
    for (byte[] command : lowered.commands()) {
      context.memory().take(command.length);
      before.add(ownOperation(requestOf.apply(command)).bytes());
    }
    if (lowered.answer().isEmpty() && !before.isEmpty()) {
      before.remove(before.size() - 1);
      byte[] last = lowered.commands().get(lowered.commands().size() - 1);
      return new Rewritten(before, requestOf.apply(last).bytes(), response -> response, 0);
    }
    CommandAnswer answer = lowered.answer().orElse(CommandAnswer.NOTHING);
    Caller caller = Caller.read(ConnectMethods.EXECUTE_PLAN, request.bytes());
    CommandAnswers.Owner owner = new CommandAnswers.Owner(caller, Credentials.ofCall());
    Placeholder placeholder = Placeholder.of(owner, any);
    answers.expect(placeholder, owner, answer);
    return new Rewritten(
        before,
        requestOf.apply(placeholder.command()).bytes(),
        new Answering(answer, placeholder, owner),
        answer.content().length);
  }

  /**
   * Puts an answer into the responses to a placeholder. The first response makes an expected answer
   * a kept one: before, the backend may still refuse the call.
   */
  private final class Answering implements UnaryOperator<byte[]> {
    private final CommandAnswer answer;
    private final Placeholder placeholder;
    private final CommandAnswers.Owner owner;
    private boolean begun;

    Answering(CommandAnswer answer, Placeholder placeholder, CommandAnswers.Owner owner) {
      this.answer = answer;
      this.placeholder = placeholder;
      this.owner = owner;
    }

    @Override
    public byte[] apply(byte[] response) {
      if (!begun) {
        begun = true;
        answers.keep(placeholder, owner, answer);
      }
      return answer.putInto(response);
    }
  }

  /** The client's operation is the last one; those before it get ids from the backend. */
  private static WireMessage ownOperation(WireMessage request) {
    return request.without(FieldNumbers.EXECUTE_OPERATION_ID, FieldNumbers.EXECUTE_REQUEST_OPTIONS);
  }
}
