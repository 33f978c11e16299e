package dev.graft.spark.host;

import dev.graft.registry.Dispatcher;
import dev.graft.registry.ExtensionShape;
import dev.graft.registry.PlanLowering.Replacement;
import dev.graft.registry.Registry;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.MessageInputs;
import dev.graft.spark.analysis.AnswerPlanner;
import dev.graft.spark.analysis.Answers;
import dev.graft.spark.analysis.Callers;
import dev.graft.spark.analysis.ExtensionCall;
import dev.graft.spark.analysis.Planning;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.jspecify.annotations.Nullable;

/**
 * Extensions on lines that keep what their planner made of a plan, Spark 4.0 and later: they wait
 * in the plan until Spark analyses it, and are answered each time anew. See {@link
 * dev.graft.spark.analysis}.
 *
 * <p>All answers that one analysis asks for share one budget and the schemas that their plugins
 * were told.
 */
final class AnsweredWhenAnalysed extends ExtensionHandling implements Answers {
  private static final ThreadLocal<@Nullable RequestState> ANALYSIS = new ThreadLocal<>();

  private final Spark spark;
  private final Registry registry;
  private final Lowering lowering;

  AnsweredWhenAnalysed(Spark spark, Registry registry, Lowering lowering) {
    super(spark, registry, lowering);
    this.spark = spark;
    this.registry = registry;
    this.lowering = lowering;
  }

  @Override
  Object relation(Object any, Object planner) {
    return waiting(
        ExtensionKind.RELATION,
        any,
        planner,
        (bytes, shape, inputs) ->
            Planning.relation(
                planner, bytes, shape.name(), inputs.relations(), inputs.expressions()));
  }

  @Override
  Object expression(Object any, Object planner) {
    return waiting(
        ExtensionKind.EXPRESSION,
        any,
        planner,
        (bytes, shape, inputs) ->
            Planning.expression(planner, bytes, shape.name(), inputs.expressions()));
  }

  /** Makes the node that waits. */
  @FunctionalInterface
  private interface Waiting {
    Object node(byte[] any, ExtensionShape shape, MessageInputs inputs);
  }

  private Object waiting(ExtensionKind kind, Object any, Object planner, Waiting waiting) {
    return refusable(
        planner,
        () -> {
          byte[] bytes = SparkMessages.bytesOf(any);
          Extension extension = AnyExtension.read(kind, bytes);
          Dispatcher dispatcher = snapshot(planner).dispatcher();
          ExtensionShape shape =
              dispatcher.shape(extension).orElseThrow(() -> dispatcher.unknown(extension));
          return waiting.node(bytes, shape, shape.inputs(extension));
        });
  }

  @Override
  public LogicalPlan relation(AnswerPlanner planner) {
    return (LogicalPlan)
        answer(ExtensionKind.RELATION, planner, spark.objects()::logicalPlan, planner::plan);
  }

  @Override
  public Expression expression(AnswerPlanner planner) {
    return (Expression)
        answer(ExtensionKind.EXPRESSION, planner, spark.objects()::expression, planner::expression);
  }

  private Object answer(
      ExtensionKind kind,
      AnswerPlanner planner,
      Function<Object, Object> ofEngine,
      Function<byte[], Object> planned) {
    return refusable(
        planner,
        () -> {
          ExtensionCall call = planner.call();
          Extension extension = AnyExtension.read(kind, call.any());
          AnalysedRequest request = new AnalysedRequest(spark, planner, state());
          // Where this is called inside another answer, the budget has that answer's depth already.
          int deeper = Math.max(0, call.depth() - request.budget().depth());
          request.budget().enter(deeper, extension.typeUrl());
          try {
            Replacement answer =
                request.lowering().answerExtension(kind, call.any(), request, request.budget());
            Object node =
                answer instanceof Replacement.EngineNode own
                    ? ofEngine.apply(own.node())
                    : planned.apply(((Replacement.Node) answer).bytes());
            long limit = state().snapshot().expansionLimits().nodes() + 1L;
            request
                .budget()
                .checkGrowth(planner.growth((TreeNode<?>) node, limit), extension.typeUrl());
            return node;
          } finally {
            request.budget().exit(deeper);
          }
        });
  }

  private RequestState state() {
    RequestState state = ANALYSIS.get();
    if (state == null) {
      throw new IllegalStateException("Extensions are answered while Spark analyses");
    }
    return state;
  }

  @Override
  public LogicalPlan during(Supplier<LogicalPlan> work) {
    if (ANALYSIS.get() != null) {
      return work.get();
    }
    ANALYSIS.set(RequestState.of(registry.current(), lowering));
    try {
      return work.get();
    } finally {
      ANALYSIS.remove();
    }
  }

  /**
   * Spark's JVM client makes the text of an error from its own list of error classes; a class that
   * is not in the list it shows as an internal error.
   */
  @Override
  boolean knowsCodes(Object planner) {
    PlannerAccess planners = spark.planners();
    return !Callers.clientType(
            planners.userId(planner),
            planners.sessionId(planner),
            planners.operationOfThread(planner).orElse(""))
        .contains(" jvm/");
  }

  @Override
  byte[] forPlanner(ConnectType type, byte[] node, SparkRequest request) {
    return node; // the planner leaves its extensions to the analyser
  }
}
