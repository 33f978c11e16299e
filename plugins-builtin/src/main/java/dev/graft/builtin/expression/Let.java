package dev.graft.builtin.expression;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.literal;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Gives a value a name, so that it is computed once and used often. Spark has no expression for
 * that, but a function that is applied to an array of one element is one: its variable is bound
 * once. It costs the row an array, and takes its projection out of the generated code.
 */
public final class Let {
  private Let() {}

  /** The body, with its variable bound to the value. */
  public static ExpressionNode let(ExpressionNode value, UnaryOperator<ExpressionNode> body) {
    return Lambdas.transform(call("array", value), body).getItem(0);
  }

  /** The body, with its variable bound to a struct of these fields, in the map's order. */
  public static ExpressionNode let(
      Map<String, ExpressionNode> fields, UnaryOperator<ExpressionNode> body) {
    List<ExpressionNode> namesAndValues = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          namesAndValues.add(literal(name));
          namesAndValues.add(value);
        });
    return let(call("named_struct", namesAndValues), body);
  }

  /**
   * The body over an operand that a client gave. A plain column is read where it is used, which
   * costs nothing and leaves the code generator its way; anything else is bound, since it may be
   * expensive, and must not be drawn twice where it is random.
   *
   * @param type what the operand is cast to, in DDL
   * @param binding how what is not plain is bound
   */
  public static ExpressionNode operand(
      ExpressionNode operand, String type, Binding binding, UnaryOperator<ExpressionNode> body) {
    ExpressionNode cast = operand.cast(type);
    return isPlain(operand) ? body.apply(cast) : binding.let(cast, body);
  }

  /** As {@link #operand}, over two of them. */
  public static ExpressionNode operands(
      ExpressionNode left,
      ExpressionNode right,
      String type,
      Binding binding,
      BinaryOperator<ExpressionNode> body) {
    return operand(
        left,
        type,
        binding,
        first -> operand(right, type, binding, second -> body.apply(first, second)));
  }

  /** Whether an operand costs nothing where it is read several times. */
  public static boolean isPlain(ExpressionNode operand) {
    return operand.build().hasUnresolvedAttribute()
        || operand.build().hasLiteral()
        || operand.build().hasUnresolvedNamedLambdaVariable();
  }
}
