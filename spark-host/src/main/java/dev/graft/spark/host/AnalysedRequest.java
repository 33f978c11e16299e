package dev.graft.spark.host;

import dev.graft.spark.analysis.AnswerPlanner;
import dev.graft.spi.Extension;

/**
 * A request to Spark while an extension in its plan is answered and the plan is analysed. The
 * extension's inputs are planned already, and analysed once, whether for their schemas or for the
 * answer that holds them. Used by the thread that analyses.
 */
final class AnalysedRequest extends SparkRequest {
  private final Spark spark;
  private final AnswerPlanner planner;
  private final RequestState state;

  AnalysedRequest(Spark spark, AnswerPlanner planner, RequestState state) {
    super(spark, planner, state);
    this.spark = spark;
    this.planner = planner;
    this.state = state;
  }

  @Override
  public byte[] schema(Extension asker, byte[] relation) {
    return asHost(() -> planner.knows(relation))
        ? tell(relation)
        : state.schemas().answer(asker, relation, this::tell);
  }

  private byte[] tell(byte[] relation) {
    return asHost(() -> spark.schemas().ofAnalysed(planner.analysed(relation)));
  }

  @Override
  Object logicalPlan(byte[] relation) {
    return planner.plan(relation);
  }

  @Override
  Object catalystExpression(byte[] expression) {
    return planner.expression(expression);
  }
}
