package dev.graft.spark.analysis;

import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Gives answers to extensions: the host behind the bridge. Used by many threads at once. */
public interface Answers {
  /**
   * What stands for a relation extension.
   *
   * @param planner knows the call and its planned inputs, and plans what is asked about or answered
   * @return analysed or not
   */
  LogicalPlan relation(AnswerPlanner planner);

  /** What stands for an expression extension; analysed or not. */
  Expression expression(AnswerPlanner planner);

  /** Runs an analysis that answers extensions, perhaps inside another. */
  LogicalPlan during(Supplier<LogicalPlan> analysis);
}
