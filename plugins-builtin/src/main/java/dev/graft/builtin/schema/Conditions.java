package dev.graft.builtin.schema;

import dev.graft.api.node.ExpressionNode;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Many conditions as one, in a tree that is no deeper than it has to be: a server reads plans only
 * to some depth, and there may be a condition for each of a thousand columns.
 */
public final class Conditions {
  private Conditions() {}

  /**
   * All of them hold.
   *
   * @param conditions at least one
   */
  public static ExpressionNode all(List<ExpressionNode> conditions) {
    return balanced(conditions, ExpressionNode::and);
  }

  /**
   * One of them holds, or several do.
   *
   * @param conditions at least one
   */
  public static ExpressionNode any(List<ExpressionNode> conditions) {
    return balanced(conditions, ExpressionNode::or);
  }

  private static ExpressionNode balanced(
      List<ExpressionNode> conditions, BinaryOperator<ExpressionNode> operator) {
    if (conditions.size() == 1) {
      return conditions.get(0);
    }
    int half = conditions.size() / 2;
    return operator.apply(
        balanced(conditions.subList(0, half), operator),
        balanced(conditions.subList(half, conditions.size()), operator));
  }
}
