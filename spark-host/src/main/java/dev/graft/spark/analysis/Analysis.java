package dev.graft.spark.analysis;

import org.apache.spark.sql.catalyst.analysis.AnalysisContext;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Analyses a part of a plan while the plan around it is analysed, as Spark does with subqueries.
 */
final class Analysis {
  private Analysis() {}

  /**
   * The analysed plan. Inside a larger plan it may use names that only that plan knows, as in a
   * lateral join does; Spark then checks the whole later.
   */
  static LogicalPlan of(SparkSession session, LogicalPlan plan) {
    if (plan.analyzed()) {
      return plan;
    }
    Analyzer analyzer = session.sessionState().analyzer();
    LogicalPlan analysed =
        analyzer.org$apache$spark$sql$catalyst$analysis$Analyzer$$executeSameContext(plan);
    if (AnalysisContext.get().outerPlan().isEmpty()) {
      analyzer.checkAnalysis(analysed);
    }
    return analysed;
  }
}
