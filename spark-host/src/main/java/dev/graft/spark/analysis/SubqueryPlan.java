package dev.graft.spark.analysis;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The plan of a subquery, kept for the answer that will hold it. No subquery yet in the eyes of the
 * analyser: what it may refer to outside of itself is known only where the answer puts it.
 */
public final class SubqueryPlan extends Placeholder {
  private static final long serialVersionUID = 1L;

  private final long planId;
  private final LogicalPlan plan;

  /** Keeps a plan under its id. */
  public SubqueryPlan(long planId, LogicalPlan plan) {
    this.planId = planId;
    this.plan = plan;
  }

  long planId() {
    return planId;
  }

  LogicalPlan plan() {
    return plan;
  }

  @Override
  public Seq<Expression> children() {
    return Nodes.list();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> none) {
    return this;
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? (Object) planId : plan;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SubqueryPlan that && planId == that.planId && plan.equals(that.plan);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(planId);
  }
}
