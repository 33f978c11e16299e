package dev.graft.spark.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedPlanId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
import scala.runtime.BoxedUnit;

/**
 * Makes the nodes that wait in a plan to be answered, when Spark's planner comes to an extension.
 */
public final class Planning {
  private Planning() {}

  /**
   * The node of a relation extension.
   *
   * @param planner Spark's planner, which has come to the extension
   * @param any the serialised {@code google.protobuf.Any}
   * @param name what people know it by
   * @param relations the serialised {@code spark.connect.Relation}s in its message
   * @param expressions the serialised {@code spark.connect.Expression}s in its message
   */
  public static LogicalPlan relation(
      Object planner, byte[] any, String name, List<byte[]> relations, List<byte[]> expressions) {
    SparkConnectPlanner spark = (SparkConnectPlanner) planner;
    ExtensionCall call = call(spark, any, name, relations, expressions);
    List<LogicalPlan> inputs = new ArrayList<>();
    for (Relation relation : call.inputs()) {
      inputs.add(spark.transformRelation(relation));
    }
    List<Expression> planned = plan(spark, call.arguments());
    return new UnansweredRelation(call, Nodes.list(inputs), Nodes.list(subqueries(spark, planned)));
  }

  /** The node of an expression extension; see {@link #relation}. */
  public static Expression expression(
      Object planner, byte[] any, String name, List<byte[]> expressions) {
    SparkConnectPlanner spark = (SparkConnectPlanner) planner;
    ExtensionCall call = call(spark, any, name, List.of(), expressions);
    List<Expression> children = new ArrayList<>(plan(spark, call.arguments()));
    children.addAll(subqueries(spark, children));
    return new UnansweredExpression(call, Nodes.list(children));
  }

  private static ExtensionCall call(
      SparkConnectPlanner planner,
      byte[] any,
      String name,
      List<byte[]> relations,
      List<byte[]> expressions) {
    int depth = planner instanceof AnswerPlanner answer ? answer.call().depth() + 1 : 0;
    return new ExtensionCall(
        any,
        name,
        planner.sessionHolder(),
        depth,
        relations.stream().map(Messages::relation).toList(),
        expressions.stream().map(Messages::expression).toList());
  }

  private static List<Expression> plan(
      SparkConnectPlanner planner, List<org.apache.spark.connect.proto.Expression> arguments) {
    return arguments.stream().map(planner::transformExpression).toList();
  }

  /**
   * The subqueries in arguments. An answer may take the arguments apart, and then needs the plans.
   */
  private static List<Expression> subqueries(
      SparkConnectPlanner planner, List<Expression> arguments) {
    if (planner instanceof AnswerPlanner answer) {
      return answer.subqueryPlans();
    }
    Set<Expression> references = new LinkedHashSet<>();
    for (Expression argument : arguments) {
      argument.foreach(
          node -> {
            if (node instanceof UnresolvedPlanId subquery) {
              references.add(new SubqueryReference(subquery.planId()));
            }
            return BoxedUnit.UNIT;
          });
    }
    return List.copyOf(references);
  }
}
