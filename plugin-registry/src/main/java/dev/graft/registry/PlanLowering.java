package dev.graft.registry;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.registry.lowering.Expander;
import dev.graft.registry.lowering.Expansion;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.Lowering;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the extensions of a plan by what their plugins answer. Commands, and whatever a native
 * plugin is to answer, stay where they are: only a host can carry those out. Safe for use by
 * several threads.
 */
public final class PlanLowering {
  private static final Set<ErrorCode> ABOUT_ANSWERS =
      EnumSet.of(
          ErrorCode.GRAFT_ANSWER_INVALID,
          ErrorCode.GRAFT_EXPANSION_TOO_DEEP,
          ErrorCode.GRAFT_EXPANSION_TOO_LARGE);

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
   * @throws dev.graft.registry.error.GraftException if the plan is malformed, a plugin fails,
   *     nobody answers, or the budget is spent
   */
  public byte[] lower(
      ConnectType root, byte[] node, RequestContext request, ExpansionBudget budget) {
    Answering answering = new Answering(request, false, true);
    try {
      return lowering.lower(root, node, answering, budget);
    } catch (GraftException e) {
      throw answering.withPlugin(e);
    } finally {
      answering.countNodes(budget);
    }
  }

  /** What stands for one extension. */
  public sealed interface Replacement {
    /**
     * A standard node.
     *
     * @param bytes a serialised relation or expression, as the extension's kind says
     */
    record Node(byte[] bytes) implements Replacement {}

    /**
     * A node in the engine's own classes.
     *
     * @param node what a native plugin answered
     */
    record EngineNode(Object node) implements Replacement {}
  }

  /**
   * Lowers one relation or expression extension, for a host that has met it by itself. A native
   * plugin may answer it; extensions inside a standard answer are lowered as far as portable
   * plugins can.
   *
   * @param any the serialised {@code google.protobuf.Any}
   * @throws dev.graft.registry.error.GraftException as {@link #lower} does
   */
  public Replacement lowerExtension(
      ExtensionKind kind, byte[] any, RequestContext request, ExpansionBudget budget) {
    return lowerExtension(kind, any, new Answering(request, true, true), budget);
  }

  /**
   * Answers one relation or expression extension and leaves those inside the answer, for a host
   * that meets them by itself in its turn. A native plugin may answer it.
   *
   * @param any the serialised {@code google.protobuf.Any}
   * @throws dev.graft.registry.error.GraftException as {@link #lower} does
   */
  public Replacement answerExtension(
      ExtensionKind kind, byte[] any, RequestContext request, ExpansionBudget budget) {
    return lowerExtension(kind, any, new Answering(request, true, false), budget);
  }

  private Replacement lowerExtension(
      ExtensionKind kind, byte[] any, Answering answering, ExpansionBudget budget) {
    byte[] node = AnyExtension.node(kind, any);
    ConnectType type =
        kind == ExtensionKind.RELATION ? ConnectType.RELATION : ConnectType.EXPRESSION;
    try {
      byte[] lowered = lowering.lower(type, node, answering, budget);
      return answering.engineNode == null
          ? new Replacement.Node(lowered)
          : new Replacement.EngineNode(answering.engineNode);
    } catch (GraftException e) {
      throw answering.withPlugin(e);
    } finally {
      answering.countNodes(budget);
    }
  }

  /** See {@link Lowering#withoutOwnPlanId(byte[])}. */
  public byte[] withoutOwnPlanId(byte[] relation) {
    return lowering.withoutOwnPlanId(relation);
  }

  /**
   * Answers the extensions of one plan, and remembers which plugin answered last, to name it in
   * refusals: the lowering itself knows no plugins.
   */
  private final class Answering implements Expander {
    private final RequestContext request;
    private final boolean insideAnswers;
    private boolean nativeIsWelcome;
    private boolean answered;
    private @Nullable Object engineNode;
    private @Nullable LoadedPlugin last;
    private final Map<String, LoadedPlugin> plugins = new HashMap<>();
    private @Nullable GraftException ofPlugin;

    /**
     * Answers the extensions of one plan.
     *
     * @param nativeIsWelcome whether a native plugin may answer the first extension, which then is
     *     the whole plan
     * @param insideAnswers whether the extensions in the answer to the first are answered too
     */
    Answering(RequestContext request, boolean nativeIsWelcome, boolean insideAnswers) {
      this.request = request;
      this.nativeIsWelcome = nativeIsWelcome;
      this.insideAnswers = insideAnswers;
    }

    @Override
    public Expansion expand(Extension extension) {
      if (extension.kind() == ExtensionKind.COMMAND || (answered && !insideAnswers)) {
        return new Expansion.Leave();
      }
      answered = true;
      Optional<Dispatched> dispatched;
      try {
        dispatched =
            nativeIsWelcome
                ? Optional.of(dispatcher.dispatch(extension, request))
                : dispatcher.dispatchPortable(extension, request);
      } catch (GraftException e) {
        ofPlugin = e;
        throw e;
      }
      nativeIsWelcome = false;
      if (dispatched.isPresent() && dispatched.get().answer() instanceof Answer.EngineNode own) {
        engineNode = own.node();
      }
      if (dispatched.isPresent() && dispatched.get().answer() instanceof Answer.Node node) {
        last = dispatched.get().plugin();
        plugins.put(extension.typeUrl(), last);
        return new Expansion.Replace(node.bytes());
      }
      return new Expansion.Leave();
    }

    @Override
    public @Nullable Call call(Extension extension) {
      return insideAnswers
          ? dispatcher
              .shape(extension)
              .map(shape -> new Call(shape.name(), shape.inputs(extension).expressions()))
              .orElse(null)
          : null; // here the host names the columns itself
    }

    /** Tells each plugin that has answered how many nodes its answers have. */
    void countNodes(ExpansionBudget budget) {
      plugins.forEach(
          (typeUrl, plugin) -> plugin.counters().made(typeUrl, budget.takeMade(typeUrl)));
    }

    /** Adds the name of the plugin to a refusal of its answer. */
    GraftException withPlugin(GraftException refusal) {
      if (last == null || refusal == ofPlugin || !ABOUT_ANSWERS.contains(refusal.code())) {
        return refusal;
      }
      return new GraftException(
          refusal.code(),
          refusal.text() + " The last plugin to answer was " + last.describe() + ".",
          refusal);
    }
  }
}
