package dev.graft.registry;

import dev.graft.registry.lowering.ConnectType;
import dev.graft.registry.lowering.Expansion;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.Lowering;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.Objects;
import java.util.Optional;

/**
 * Replaces the extensions of a plan by what their plugins answer. Commands, and whatever a native plugin is to answer, stay where they
 * are: only a host can carry those out. Safe for use by several threads.
 */
public final class PlanLowering {
  private final Lowering lowering;
  private final Dispatcher dispatcher;

  /** Lowering with the answers of a dispatcher. */
  public PlanLowering(Lowering lowering, Dispatcher dispatcher) {
    this.lowering = Objects.requireNonNull(lowering, "lowering");
    this.dispatcher = Objects.requireNonNull(dispatcher, "dispatcher");
  }

  /**
   * Lowers a plan or a part of one.
   *
   * @param root the type of the message
   * @param node the serialised message
   * @return the lowered message; {@code node} itself where nothing was replaced
   * @throws dev.graft.registry.error.GraftException if the plan is malformed, a plugin fails, nobody answers, or the budget is spent
   */
  public byte[] lower(ConnectType root, byte[] node, RequestContext request, ExpansionBudget budget) {
    return lowering.lower(root, node, extension -> expand(extension, request), budget);
  }

  /** See {@link Lowering#withoutOwnPlanId(byte[])}. */
  public byte[] withoutOwnPlanId(byte[] relation) {
    return lowering.withoutOwnPlanId(relation);
  }

  private Expansion expand(Extension extension, RequestContext request) {
    if (extension.kind() == ExtensionKind.COMMAND) {
      return new Expansion.Leave();
    }
    Optional<Dispatched> dispatched = dispatcher.dispatchPortable(extension, request);
    if (dispatched.isPresent() && dispatched.get().answer() instanceof Answer.Node node) {
      return new Expansion.Replace(node.bytes());
    }
    return new Expansion.Leave();
  }
}
