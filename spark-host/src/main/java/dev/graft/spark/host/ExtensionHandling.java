package dev.graft.spark.host;

import dev.graft.registry.Dispatched;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.Registry;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.registry.lowering.ConnectType;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens when Spark's planner meets an extension. Safe for use by several threads.
 *
 * <p>The extension is lowered as far as portable plugins can; what comes out goes through Spark's planner as if the client had sent it.
 * Where a native plugin's turn comes, it is asked directly. Inside an answer or a native plugin's input, Spark's planner may meet
 * further extensions and call back; all calls of one request share one budget.
 */
final class ExtensionHandling {
  private static final int RELATION_EXTENSION = 998;
  private static final int EXPRESSION_EXTENSION = 999;

  private final Spark spark;
  private final Registry registry;
  private final PlanLowering lowering;
  private final ExpansionLimits limits;
  private final CommandAnswers commandAnswers;

  /** The request that this thread plans; replaced when another planner calls. */
  private static final ThreadLocal<@Nullable SparkRequest> CURRENT = new ThreadLocal<>();

  ExtensionHandling(Spark spark, Registry registry, Lowering lowering) {
    this.spark = spark;
    this.registry = registry;
    this.lowering = new PlanLowering(lowering, registry.dispatcher());
    this.limits =
        new ExpansionLimits(registry.configuration().expansionDepth(), registry.configuration().expansionNodes());
    this.commandAnswers = new CommandAnswers(spark, this.lowering);
  }

  /** The logical plan that stands for a relation extension. */
  Object relation(Object any, Object planner) {
    return handle(
        any,
        planner,
        ExtensionKind.RELATION,
        (request, extension, bytes) -> {
          byte[] node = new WireWriter().add(RELATION_EXTENSION, bytes).toBytes();
          byte[] lowered = lowering.lower(ConnectType.RELATION, node, request, request.budget());
          if (lowered == node) {
            return spark.objects().logicalPlan(engineNode(extension, request, request::logicalPlan));
          }
          // Spark puts the extension's plan id on what it gets, which must not take the place of another.
          return inside(request, extension, () -> request.logicalPlan(lowering.withoutOwnPlanId(lowered)));
        });
  }

  /** The Catalyst expression that stands for an expression extension. */
  Object expression(Object any, Object planner) {
    return handle(
        any,
        planner,
        ExtensionKind.EXPRESSION,
        (request, extension, bytes) -> {
          byte[] node = new WireWriter().add(EXPRESSION_EXTENSION, bytes).toBytes();
          byte[] lowered = lowering.lower(ConnectType.EXPRESSION, node, request, request.budget());
          if (lowered == node) {
            return spark.objects().expression(engineNode(extension, request, request::catalystExpression));
          }
          return inside(request, extension, () -> request.catalystExpression(lowered));
        });
  }

  /** Carries out a command extension and sends what it answers. */
  void command(Object any, Object planner) {
    handle(
        any,
        planner,
        ExtensionKind.COMMAND,
        (request, extension, bytes) -> {
          Dispatched dispatched = inside(request, extension, () -> registry.dispatcher().dispatch(extension, request));
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

  private Object engineNode(Extension extension, SparkRequest request, Function<byte[], Object> plan) {
    Dispatched dispatched = inside(request, extension, () -> registry.dispatcher().dispatch(extension, request));
    if (dispatched.answer() instanceof Answer.EngineNode engineNode) {
      return engineNode.node();
    }
    // A plugin that calls itself native may still answer with a standard node.
    return inside(request, extension, () -> plan.apply(((Answer.Node) dispatched.answer()).bytes()));
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
    SparkRequest outer = CURRENT.get();
    SparkRequest request =
        outer != null && outer.planner() == planner ? outer : new SparkRequest(spark, planner, limits);
    CURRENT.set(request);
    try {
      byte[] bytes = SparkMessages.bytesOf(any);
      return step.take(request, AnyExtension.read(kind, bytes), bytes);
    } catch (GraftException refusal) {
      throw new GraftPlanningError(refusal);
    } catch (HostFailure failure) {
      throw Handles.asItIs(failure.failure());
    } catch (StackOverflowError overflow) {
      throw new GraftPlanningError(
          new GraftException(
              ErrorCode.GRAFT_PLAN_TOO_DEEP,
              "The plan nests deeper than Spark's planner can follow on its stack. Cache or save an intermediate result, or start"
                  + " the server with a larger stack (-Xss).",
              overflow));
    } finally {
      restore(outer, planner);
    }
  }

  /**
   * The budget counts from the first extension of a request to its last, which are calls beside one another; so what stays here is
   * dropped only when another request comes, or, by the weak hold of the thread local's map, with the thread.
   */
  private void restore(@Nullable SparkRequest outer, Object planner) {
    if (outer != null && outer.planner() != planner) {
      CURRENT.set(outer);
    }
  }
}
