package dev.graft.builtin.similarity;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.builtin.expression.Binding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Similarities of the n-grams of two texts.
 *
 * @param length of an n-gram, in code points
 * @param binding how n-grams are bound
 */
record Grams(int length, Binding binding) {
  private static final String LEFT = "left";
  private static final String RIGHT = "right";

  /** The share of distinct n-grams that both have. */
  ExpressionNode jaccard(ExpressionNode left, ExpressionNode right) {
    return unlessEqual(
        left,
        right,
        text -> call("array_distinct", of(text)),
        (first, second) ->
            binding.let(
                size(call("array_intersect", first, second)),
                common -> common.dividedBy(size(first).plus(size(second)).minus(common))));
  }

  /** The cosine of the numbers of times that n-grams occur. */
  ExpressionNode cosine(ExpressionNode left, ExpressionNode right) {
    return unlessEqual(left, right, this::of, GramCounts::cosine);
  }

  /**
   * Null for null and 1 for equal texts, whose n-grams need not be looked at; so there is at least
   * one n-gram where the body is computed.
   */
  private ExpressionNode unlessEqual(
      ExpressionNode left,
      ExpressionNode right,
      UnaryOperator<ExpressionNode> grams,
      BinaryOperator<ExpressionNode> body) {
    Map<String, ExpressionNode> both = new LinkedHashMap<>();
    both.put(LEFT, grams.apply(left));
    both.put(RIGHT, grams.apply(right));
    return when(left.equalTo(right), 1.0)
        .when(
            left.notEqualTo(right),
            binding.let(both, field -> body.apply(field.apply(LEFT), field.apply(RIGHT))))
        .otherwiseNull();
  }

  /**
   * The n-grams, in order. A look-ahead takes n code points, and the dot behind it steps over one;
   * Java's dot never stops within a surrogate pair. It takes a third of the time of a lambda over
   * substrings, and is linear in the text's length.
   */
  private ExpressionNode of(ExpressionNode text) {
    ExpressionNode grams = call("regexp_extract_all", text, "(?s)(?=(.{" + length + "})).", 1);
    return length == 1
        ? grams
        : when(call("char_length", text).between(1, length - 1), call("array", text))
            .otherwise(grams);
  }

  private static ExpressionNode size(ExpressionNode array) {
    return call("size", array);
  }
}
