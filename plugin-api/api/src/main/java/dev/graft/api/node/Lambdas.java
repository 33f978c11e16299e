package dev.graft.api.node;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Functions over arrays and maps that take a function themselves, which is written as one in Java.
 * It is called once, while the plan is built.
 */
public final class Lambdas {
  private Lambdas() {}

  /** A function of three arguments. */
  @FunctionalInterface
  public interface TernaryOperator {
    /** The function's body. */
    ExpressionNode apply(ExpressionNode first, ExpressionNode second, ExpressionNode third);
  }

  /** A function of one argument, as an argument of a {@link Nodes#call}. */
  public static ExpressionNode of(UnaryOperator<ExpressionNode> function) {
    return LambdaVariables.bind(List.of("x"), uses -> function.apply(uses.get(0)));
  }

  /** A function of two arguments, as an argument of a {@link Nodes#call}. */
  public static ExpressionNode of(BinaryOperator<ExpressionNode> function) {
    return LambdaVariables.bind(
        List.of("x", "y"), uses -> function.apply(uses.get(0), uses.get(1)));
  }

  /** A function of three arguments, as an argument of a {@link Nodes#call}. */
  public static ExpressionNode of(TernaryOperator function) {
    return LambdaVariables.bind(
        List.of("x", "y", "z"), uses -> function.apply(uses.get(0), uses.get(1), uses.get(2)));
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
   * @param start the value to begin with; the result has its type
   * @param merge makes the next result from the result so far and an element
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
}
