package dev.graft.spark.analysis;

import org.apache.spark.sql.catalyst.analysis.UnresolvedPlanId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.jspecify.annotations.Nullable;
import scala.Enumeration;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Asks Spark's planner for the plan of a subquery, which clients send around the outermost relation
 * ({@code WithRelations}) and refer to by its plan id. What it becomes is a {@link SubqueryPlan}.
 */
public final class SubqueryReference extends Placeholder implements UnresolvedPlanId {
  private static final long serialVersionUID = 1L;

  private final long planId;

  /** Refers to the plan of that id. */
  public SubqueryReference(long planId) {
    this.planId = planId;
  }

  @Override
  public long planId() {
    return planId;
  }

  @Override
  public Expression withPlan(LogicalPlan plan) {
    return new SubqueryPlan(planId, plan);
  }

  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return Nodes.pattern(TreePattern.UNRESOLVED_PLAN_ID());
  }

  /**
   * The setter by which Scala gives a trait's value to the class; {@link #nodePatterns} does
   * without it.
   */
  @Override
  public void org$apache$spark$sql$catalyst$analysis$UnresolvedPlanId$_setter_$nodePatterns_$eq(
      Seq<Enumeration.Value> patterns) {}

  @Override
  public Seq<Expression> children() {
    return Nodes.list();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> none) {
    return this;
  }

  @Override
  public boolean resolved() {
    return super.resolved();
  }

  @Override
  public boolean foldable() {
    return super.foldable();
  }

  @Override
  public boolean nullable() {
    return super.nullable();
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return planId;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SubqueryReference that && planId == that.planId;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(planId);
  }
}
