package dev.graft.spark.analysis;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The plan of a subquery, kept for the answer that will hold it. To the analyser it is not a
 * subquery yet: which names outside of it it may use is known only once the answer has put it in
 * its place.
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
