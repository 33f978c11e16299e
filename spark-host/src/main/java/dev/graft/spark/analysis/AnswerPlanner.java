package dev.graft.spark.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedPlanId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
import scala.Option;

/**
 * Spark's planner for the answer to one extension: the extension's inputs are planned already, and
 * are put where the answer holds them. Used by one thread.
 */
public final class AnswerPlanner extends SparkConnectPlanner {
  /** A relation whose plan is known. */
  private record Known(Relation relation, LogicalPlan plan) {}

  /** Stands for the plan id of relations that have none. */
  private static final long NO_ID = Long.MIN_VALUE;

  private final ExtensionCall call;
  private final Map<Long, List<Known>> known = new HashMap<>();
  private final List<Expression> arguments;
  private final Map<Long, LogicalPlan> subqueries = new LinkedHashMap<>();

  private AnswerPlanner(ExtensionCall call, List<Expression> arguments, List<Expression> plans) {
    super(call.session(), Option.empty());
    this.call = call;
    this.arguments = arguments;
    for (Expression plan : plans) {
      if (plan instanceof SubqueryPlan subquery) {
        subqueries.put(subquery.planId(), subquery.plan());
      }
    }
  }

  /** The planner for a relation extension, whose inputs may be analysed or not. */
  static AnswerPlanner of(UnansweredRelation extension) {
    ExtensionCall call = extension.call();
    List<LogicalPlan> inputs = Nodes.list(extension.children());
    AnswerPlanner planner =
        new AnswerPlanner(call, List.of(), Nodes.list(extension.subqueryPlans()));
    for (int i = 0; i < inputs.size(); i++) {
      planner.remember(call.inputs().get(i), inputs.get(i));
    }
    return planner;
  }

  /** The planner for an expression extension. */
  static AnswerPlanner of(UnansweredExpression extension) {
    List<Expression> children = Nodes.list(extension.children());
    int arguments = extension.call().arguments().size();
    return new AnswerPlanner(
        extension.call(),
        children.subList(0, arguments),
        children.subList(arguments, children.size()));
  }

  /** The extension that is answered. */
  public ExtensionCall call() {
    return call;
  }

  /** Whether a relation has been planned already, as inputs have. */
  public boolean knows(byte[] relation) {
    return find(Messages.relation(relation)).isPresent();
  }

  /**
   * The analysed plan of a relation, which is kept: an answer that holds the relation costs no
   * second analysis.
   *
   * @param serialised a {@code spark.connect.Relation}
   */
  public LogicalPlan analysed(byte[] serialised) {
    Relation relation = Messages.relation(serialised);
    LogicalPlan plan = Analysis.of(session(), transformRelation(relation));
    remember(relation, plan);
    return plan;
  }

  /** Plans a serialised {@code spark.connect.Relation}. */
  public LogicalPlan plan(byte[] relation) {
    return transformRelation(Messages.relation(relation));
  }

  /** Plans a serialised {@code spark.connect.Expression}. */
  public Expression expression(byte[] expression) {
    return transformExpression(Messages.expression(expression));
  }

  /**
   * By how many nodes an answer is larger than the inputs that it is made of, each taken once. An
   * answer that holds its input twice doubles it, and with it all that is nested in it.
   *
   * @param limit where counting ends
   */
  public long growth(TreeNode<?> answer, long limit) {
    long inputs = 0;
    for (List<Known> candidates : known.values()) {
      for (Known input : candidates) {
        inputs += Size.of(input.plan(), Long.MAX_VALUE);
      }
    }
    for (Expression argument : arguments) {
      inputs += Size.of(argument, Long.MAX_VALUE);
    }
    return Size.of(answer, inputs + limit) - inputs;
  }

  /** The subqueries that the client sent around the plan, for an extension inside the answer. */
  List<Expression> subqueryPlans() {
    List<Expression> plans = new ArrayList<>();
    subqueries.forEach((id, plan) -> plans.add(new SubqueryPlan(id, plan)));
    return plans;
  }

  @Override
  public LogicalPlan transformRelation(Relation relation, boolean cachePlan) {
    return find(relation).orElseGet(() -> super.transformRelation(relation, cachePlan));
  }

  @Override
  public Expression transformExpression(
      org.apache.spark.connect.proto.Expression expression, Option<LogicalPlan> base) {
    int argument = arguments.isEmpty() ? -1 : call.arguments().indexOf(expression);
    if (argument >= 0) {
      return arguments.get(argument);
    }
    Expression planned = super.transformExpression(expression, base);
    if (planned instanceof UnresolvedPlanId reference) {
      LogicalPlan plan = subqueries.get(reference.planId());
      return plan == null ? planned : reference.withPlan(plan);
    }
    return planned;
  }

  private void remember(Relation relation, LogicalPlan plan) {
    List<Known> sameId = known.computeIfAbsent(planId(relation), id -> new ArrayList<>());
    sameId.removeIf(earlier -> earlier.relation().equals(relation));
    sameId.add(new Known(relation, plan));
  }

  /**
   * Looks by plan id first: to compare or hash large local data for each relation would cost time.
   */
  private Optional<LogicalPlan> find(Relation relation) {
    for (Known candidate : known.getOrDefault(planId(relation), List.of())) {
      if (candidate.relation().equals(relation)) {
        return Optional.of(candidate.plan());
      }
    }
    return Optional.empty();
  }

  private static long planId(Relation relation) {
    return relation.hasCommon() && relation.getCommon().hasPlanId()
        ? relation.getCommon().getPlanId()
        : NO_ID;
  }
}
