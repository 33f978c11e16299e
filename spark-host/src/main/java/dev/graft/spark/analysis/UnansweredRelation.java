package dev.graft.spark.analysis;

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.jspecify.annotations.Nullable;
import scala.Enumeration;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A relation extension that waits for Spark's analyser. Its inputs are its children, planned as the
 * client sent them, so that whatever Spark does to a plan before it is analysed reaches them.
 *
 * <p>Public, and with a constructor of its parts, since Spark copies nodes by reflection.
 */
public final class UnansweredRelation extends LogicalPlan {
  private static final long serialVersionUID = 1L;

  private final transient ExtensionCall call;
  private final Seq<LogicalPlan> inputs;
  private final Seq<Expression> subqueries;

  /**
   * Makes one.
   *
   * @param call what it stands for
   * @param inputs the plans of the call's inputs, in their order
   * @param subqueries a {@link SubqueryReference} for each subquery in the call's arguments, which
   *     becomes a {@link SubqueryPlan} once the planner comes to it
   */
  public UnansweredRelation(
      ExtensionCall call, Seq<LogicalPlan> inputs, Seq<Expression> subqueries) {
    this.call = call;
    this.inputs = inputs;
    this.subqueries = subqueries;
  }

  ExtensionCall call() {
    return call;
  }

  /** A {@link SubqueryPlan} for each subquery in the call's arguments that the client sent. */
  Seq<Expression> subqueryPlans() {
    return subqueries;
  }

  @Override
  public Seq<LogicalPlan> children() {
    return inputs;
  }

  @Override
  public UnansweredRelation withNewChildrenInternal(IndexedSeq<LogicalPlan> newInputs) {
    return new UnansweredRelation(call, newInputs, subqueries);
  }

  @Override
  public Seq<Attribute> output() {
    return Nodes.list();
  }

  @Override
  public boolean resolved() {
    return false;
  }

  /**
   * A pattern by which the analyser looks for nodes that are not resolved, so that it comes by
   * here. Its rules then act on other classes only.
   */
  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return Nodes.pattern(TreePattern.UNRESOLVED_TABLE_VALUED_FUNCTION());
  }

  @Override
  public String nodeName() {
    return "Extension";
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> call;
      case 1 -> inputs;
      case 2 -> subqueries;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof UnansweredRelation;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnansweredRelation that
        && call.equals(that.call)
        && inputs.equals(that.inputs)
        && subqueries.equals(that.subqueries);
  }

  @Override
  public int hashCode() {
    return call.hashCode();
  }
}
