package dev.graft.spark.host;

import dev.graft.registry.Dispatcher;
import dev.graft.registry.ExtensionShape;
import dev.graft.registry.PlanLowering.Replacement;
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
  private static final ThreadLocal<@Nullable Begun> ANALYSIS = new ThreadLocal<>();

  private final Spark spark;
  private final SparkSessions sessions;
  private final Lowering lowering;

  /** An analysis that this thread has begun; its session is known when an extension is met. */
  private static final class Begun {
    private @Nullable RequestState state;
  }

  AnsweredWhenAnalysed(Spark spark, SparkSessions sessions, Lowering lowering) {
    super(spark, sessions, lowering);
    this.spark = spark;
    this.sessions = sessions;
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
          RequestState state = state(planner);
          AnalysedRequest request = new AnalysedRequest(spark, planner, state);
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
            long limit = state.snapshot().expansionLimits().nodes() + 1L;
            request
                .budget()
                .checkGrowth(planner.growth((TreeNode<?>) node, limit), extension.typeUrl());
            return node;
          } finally {
            request.budget().exit(deeper);
          }
        });
  }

  private RequestState state(AnswerPlanner planner) {
    Begun analysis = ANALYSIS.get();
    if (analysis == null) {
      throw new IllegalStateException("Extensions are answered while Spark analyses");
    }
    RequestState state = analysis.state;
    if (state == null) {
      state = RequestState.of(sessions.snapshot(planner), lowering);
      analysis.state = state;
    }
    return state;
  }

  @Override
  public LogicalPlan during(Supplier<LogicalPlan> work) {
    if (ANALYSIS.get() != null) {
      return work.get();
    }
    ANALYSIS.set(new Begun());
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
