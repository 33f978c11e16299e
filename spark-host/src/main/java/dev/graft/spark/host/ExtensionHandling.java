package dev.graft.spark.host;

import dev.graft.registry.Dispatched;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.PlanLowering.Lowered;
import dev.graft.registry.Registry;
import dev.graft.registry.SchemaQuestions;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.Lowering;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.function.Supplier;

/**
 * What happens when Spark's planner meets an extension. Safe for use by several threads.
 *
 * <p>The extension is lowered as far as portable plugins can; what comes out goes through Spark's
 * planner as if the client had sent it. Where a native plugin's turn comes, it is asked directly.
 * Inside an answer or a native plugin's input, Spark's planner may meet further extensions and call
 * back; all calls of one request share one budget, and what they were told of schemas.
 */
final class ExtensionHandling {
  private final Spark spark;
  private final Registry registry;
  private final PlanLowering lowering;
  private final RequestStates states;
  private final CommandAnswers commandAnswers;

  ExtensionHandling(Spark spark, Registry registry, Lowering lowering) {
    this.spark = spark;
    this.registry = registry;
    this.lowering = new PlanLowering(lowering, registry.dispatcher());
    this.states = new RequestStates(this::newState);
    this.commandAnswers = new CommandAnswers(spark, this.lowering);
  }

  private RequestState newState() {
    ExpansionBudget budget = new ExpansionBudget(registry.expansionLimits());
    return new RequestState(budget, new SchemaQuestions(lowering, budget, registry.schemaLimits()));
  }

  /** The logical plan that stands for a relation extension. */
  Object relation(Object any, Object planner) {
    return handle(
        any,
        planner,
        ExtensionKind.RELATION,
        (request, extension, bytes) -> {
          Lowered lowered =
              lowering.lowerExtension(ExtensionKind.RELATION, bytes, request, request.budget());
          if (lowered instanceof Lowered.EngineNode own) {
            return spark.objects().logicalPlan(own.node());
          }
          // Spark puts the extension's plan id on what it gets, which must not take the place of
          // another.
          byte[] relation = lowering.withoutOwnPlanId(((Lowered.Node) lowered).bytes());
          return inside(request, extension, () -> request.logicalPlan(relation));
        });
  }

  /** The Catalyst expression that stands for an expression extension. */
  Object expression(Object any, Object planner) {
    return handle(
        any,
        planner,
        ExtensionKind.EXPRESSION,
        (request, extension, bytes) -> {
          Lowered lowered =
              lowering.lowerExtension(ExtensionKind.EXPRESSION, bytes, request, request.budget());
          if (lowered instanceof Lowered.EngineNode own) {
            return spark.objects().expression(own.node());
          }
          byte[] expression = ((Lowered.Node) lowered).bytes();
          return inside(request, extension, () -> request.catalystExpression(expression));
        });
  }

  /** Carries out a command extension and sends what it answers. */
  void command(Object any, Object planner) {
    handle(
        any,
        planner,
        ExtensionKind.COMMAND,
        (request, extension, bytes) -> {
          Dispatched dispatched =
              inside(request, extension, () -> registry.dispatcher().dispatch(extension, request));
          inside(
              request,
              extension,
              () -> {
                commandAnswers.give(dispatched, request);
                return dispatched;
              });
          return dispatched;
        });
  }

  private static <T> T inside(SparkRequest request, Extension extension, Supplier<T> work) {
    request.budget().enter(extension.typeUrl());
    try {
      return work.get();
    } finally {
      request.budget().exit();
    }
  }

  /** What is done with an extension of one kind. */
  @FunctionalInterface
  private interface Step {
    Object take(SparkRequest request, Extension extension, byte[] any);
  }

  private Object handle(Object any, Object planner, ExtensionKind kind, Step step) {
    try {
      byte[] bytes = SparkMessages.bytesOf(any);
      Extension extension = AnyExtension.read(kind, bytes);
      SparkRequest request = new SparkRequest(spark, planner, states.of(planner));
      return step.take(request, extension, bytes);
    } catch (GraftException refusal) {
      throw new GraftPlanningError(refusal);
    } catch (HostFailure failure) {
      throw Handles.asItIs(failure.failure());
    } catch (StackOverflowError overflow) {
      throw new GraftPlanningError(SparkRequest.tooDeep(overflow));
    }
  }
}
