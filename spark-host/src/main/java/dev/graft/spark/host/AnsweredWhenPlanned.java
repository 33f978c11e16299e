package dev.graft.spark.host;

import dev.graft.registry.PlanLowering.Replacement;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.registry.lowering.Lowering;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.function.Function;

/**
 * Extensions on lines that keep nothing of a plan between requests, Spark 3.4 and 3.5: answered
 * when Spark's planner meets them.
 *
 * <p>The extension is lowered as far as portable plugins can; what comes out goes through Spark's
 * planner as if the client had sent it. Where a native plugin's turn comes, it is asked directly.
 * Inside an answer or a native plugin's input, Spark's planner may meet further extensions and call
 * back; all calls of one request share one budget and the schemas that plugins were told.
 */
final class AnsweredWhenPlanned extends ExtensionHandling {
  private final Spark spark;

  AnsweredWhenPlanned(Spark spark, SparkSessions sessions, Lowering lowering) {
    super(spark, sessions, lowering);
    this.spark = spark;
  }

  @Override
  Object relation(Object any, Object planner) {
    return lowered(
        ExtensionKind.RELATION,
        any,
        planner,
        spark.objects()::logicalPlan,
        // Spark puts the extension's plan id on the plan that it gets. A plan id that the answer
        // has must not be lost by that.
        (request, node) -> request.logicalPlan(request.lowering().withoutOwnPlanId(node)));
  }

  @Override
  Object expression(Object any, Object planner) {
    return lowered(
        ExtensionKind.EXPRESSION,
        any,
        planner,
        spark.objects()::expression,
        SparkRequest::catalystExpression);
  }

  /** Plans what portable plugins answered. */
  @FunctionalInterface
  private interface Planning {
    Object plan(SparkRequest request, byte[] node);
  }

  private Object lowered(
      ExtensionKind kind,
      Object any,
      Object planner,
      Function<Object, Object> ofEngine,
      Planning planning) {
    return refusable(
        planner,
        () -> {
          SparkRequest request = request(planner);
          byte[] bytes = SparkMessages.bytesOf(any);
          Extension extension = AnyExtension.read(kind, bytes);
          Replacement lowered =
              request.lowering().lowerExtension(kind, bytes, request, request.budget());
          return lowered instanceof Replacement.EngineNode own
              ? ofEngine.apply(own.node())
              : inside(
                  request,
                  extension,
                  () -> planning.plan(request, ((Replacement.Node) lowered).bytes()));
        });
  }

  @Override
  boolean knowsCodes(Object planner) {
    return true; // clients of these lines take what they get
  }

  @Override
  byte[] forPlanner(ConnectType type, byte[] node, SparkRequest request) {
    return request.lowering().lower(type, node, request, request.budget());
  }
}
