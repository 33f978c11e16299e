package dev.graft.api.node;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.UnresolvedNamedLambdaVariable;

/**
 * Functions over arrays and maps that take a function themselves, which is written as one in Java.
 * It is called once, while the plan is built.
 */
public final class Lambdas {
  /**
   * Numbers the variables of all lambdas of a process. Lambdas nest, also across plugins whose
   * extensions stand in one another's lambdas, and one that reused a name would capture the outer
   * variable.
   */
  private static final AtomicLong NEXT_VARIABLE = new AtomicLong();

  private Lambdas() {}

  /** A function of three arguments. */
  @FunctionalInterface
  public interface TernaryOperator {
    /** The function's body. */
    ExpressionNode apply(ExpressionNode first, ExpressionNode second, ExpressionNode third);
  }

  /** A function of one argument, as an argument of a {@link Nodes#call}. */
  public static ExpressionNode of(UnaryOperator<ExpressionNode> function) {
    UnresolvedNamedLambdaVariable x = variable("x");
    return lambda(function.apply(use(x)), List.of(x));
  }

  /** A function of two arguments, as an argument of a {@link Nodes#call}. */
  public static ExpressionNode of(BinaryOperator<ExpressionNode> function) {
    UnresolvedNamedLambdaVariable x = variable("x");
    UnresolvedNamedLambdaVariable y = variable("y");
    return lambda(function.apply(use(x), use(y)), List.of(x, y));
  }

  /** A function of three arguments, as an argument of a {@link Nodes#call}. */
  public static ExpressionNode of(TernaryOperator function) {
    UnresolvedNamedLambdaVariable x = variable("x");
    UnresolvedNamedLambdaVariable y = variable("y");
    UnresolvedNamedLambdaVariable z = variable("z");
    return lambda(function.apply(use(x), use(y), use(z)), List.of(x, y, z));
  }

  /** The array of the function's values for each element. */
  public static ExpressionNode transform(
      ExpressionNode array, UnaryOperator<ExpressionNode> function) {
    return Nodes.call("transform", array, of(function));
  }

  /** The elements for which the condition holds. */
  public static ExpressionNode filter(
      ExpressionNode array, UnaryOperator<ExpressionNode> condition) {
    return Nodes.call("filter", array, of(condition));
  }

  /** Whether the condition holds for an element. */
  public static ExpressionNode exists(
      ExpressionNode array, UnaryOperator<ExpressionNode> condition) {
    return Nodes.call("exists", array, of(condition));
  }

  /** Whether the condition holds for all elements. */
  public static ExpressionNode forAll(
      ExpressionNode array, UnaryOperator<ExpressionNode> condition) {
    return Nodes.call("forall", array, of(condition));
  }

  /**
   * The elements taken together, from the first to the last.
   *
   * @param start what to begin with; its type is the result's
   * @param merge from what was gathered and an element to what is gathered with it
   */
  public static ExpressionNode aggregate(
      ExpressionNode array, ExpressionNode start, BinaryOperator<ExpressionNode> merge) {
    return Nodes.call("aggregate", array, start, of(merge));
  }

  /** The function's values for the elements of both arrays, pair by pair. */
  public static ExpressionNode zipWith(
      ExpressionNode left, ExpressionNode right, BinaryOperator<ExpressionNode> function) {
    return Nodes.call("zip_with", left, right, of(function));
  }

  /** The map's entries for whose key and value the condition holds. */
  public static ExpressionNode mapFilter(
      ExpressionNode map, BinaryOperator<ExpressionNode> condition) {
    return Nodes.call("map_filter", map, of(condition));
  }

  /** The map with its values replaced, by a function of key and value. */
  public static ExpressionNode transformValues(
      ExpressionNode map, BinaryOperator<ExpressionNode> function) {
    return Nodes.call("transform_values", map, of(function));
  }

  /** The map with its keys replaced, by a function of key and value. */
  public static ExpressionNode transformKeys(
      ExpressionNode map, BinaryOperator<ExpressionNode> function) {
    return Nodes.call("transform_keys", map, of(function));
  }

  private static UnresolvedNamedLambdaVariable variable(String letter) {
    return UnresolvedNamedLambdaVariable.newBuilder()
        .addNameParts("graft_" + letter + "_" + NEXT_VARIABLE.getAndIncrement())
        .build();
  }

  private static ExpressionNode use(UnresolvedNamedLambdaVariable variable) {
    return Nodes.expression(
        Expression.newBuilder().setUnresolvedNamedLambdaVariable(variable).build());
  }

  private static ExpressionNode lambda(
      ExpressionNode body, List<UnresolvedNamedLambdaVariable> variables) {
    return Nodes.expression(
        Expression.newBuilder()
            .setLambdaFunction(
                Expression.LambdaFunction.newBuilder()
                    .setFunction(body.build())
                    .addAllArguments(variables))
            .build());
  }
}
