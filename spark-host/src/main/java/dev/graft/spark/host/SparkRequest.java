package dev.graft.spark.host;

import dev.graft.registry.RequestContext;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.spi.Engine;
import dev.graft.spi.HostContext.Phase;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request to Spark, which has one planner, while one of its extensions is answered. Used by the
 * thread that plans it.
 */
final class SparkRequest implements RequestContext, Engine {
  private final Spark spark;
  private final Object planner;
  private final ExpansionBudget budget;

  SparkRequest(Spark spark, Object planner, ExpansionBudget budget) {
    this.spark = spark;
    this.planner = planner;
    this.budget = budget;
  }

  Object planner() {
    return planner;
  }

  ExpansionBudget budget() {
    return budget;
  }

  @Override
  public String userId() {
    return spark.planners().userId(planner);
  }

  @Override
  public String sessionId() {
    return spark.planners().sessionId(planner);
  }

  @Override
  public Phase phase() {
    return spark.planners().phase(planner);
  }

  @Override
  public String hostName() {
    return "spark";
  }

  @Override
  public String connectVersion() {
    return spark.line().version();
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.of(this);
  }

  @Override
  public Object session() {
    return spark.planners().session(planner);
  }

  @Override
  public Object relation(byte[] relation) {
    return asHost(() -> spark.objects().dataset(session(), logicalPlan(relation)));
  }

  @Override
  public Object expression(byte[] expression) {
    return asHost(() -> spark.objects().column(catalystExpression(expression)));
  }

  /** What Spark's planner makes of a serialised relation. */
  Object logicalPlan(byte[] relation) {
    return spark.planners().transformRelation(planner, spark.messages().relation(relation));
  }

  /** What Spark's planner makes of a serialised expression. */
  Object catalystExpression(byte[] expression) {
    return spark.planners().transformExpression(planner, spark.messages().expression(expression));
  }

  /** What Spark says against an input is not the fault of the plugin that asked for it. */
  private static Object asHost(Supplier<Object> work) {
    try {
      return work.get();
    } catch (GraftException | HostFailure | Error e) {
      throw e;
    } catch (Exception e) { // Scala's need no declaration: an AnalysisException among them
      throw new HostFailure(e);
    }
  }
}
