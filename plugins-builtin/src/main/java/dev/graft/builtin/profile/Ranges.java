package dev.graft.builtin.profile;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;

/**
 * The ranges of a histogram, with edges as numpy has them. Where all values are equal they are one
 * wide, around the value.
 *
 * @param least the least value, a DOUBLE
 * @param greatest the greatest value, a DOUBLE
 * @param count how many ranges
 */
record Ranges(ExpressionNode least, ExpressionNode greatest, int count) {
  private ExpressionNode from() {
    return when(least.equalTo(greatest), least.minus(0.5)).otherwise(least);
  }

  private ExpressionNode to() {
    return when(least.equalTo(greatest), greatest.plus(0.5)).otherwise(greatest);
  }

  /** Whether there are such ranges. */
  private ExpressionNode areFinite() {
    return call("abs", greatest.minus(least)).lessThan(Double.POSITIVE_INFINITY);
  }

  /**
   * The number of the range that a value is in, from 0; null for null, and where there are no
   * ranges. The guess by division may lie next to where the edges say.
   */
  ExpressionNode of(ExpressionNode value) {
    ExpressionNode share = value.minus(from()).dividedBy(to().minus(from()));
    ExpressionNode guess = call("least", call("floor", share.times(count)), literal(count - 1L));
    ExpressionNode moved =
        when(value.lessThan(edge(guess)), guess.minus(1L))
            .when(
                guess.lessThan(count - 1L).and(value.atLeast(edge(guess.plus(1L)))), guess.plus(1L))
            .otherwise(guess);
    // The least of a null and a number is the number.
    return when(value.isNotNull().and(areFinite()), moved).otherwiseNull();
  }

  /**
   * All ranges with their counts.
   *
   * @param counts a map from the number of a range to its count
   */
  ExpressionNode counted(ExpressionNode counts) {
    return Lambdas.transform(
        call("sequence", 0, count - 1),
        range ->
            call(
                "struct",
                edge(range).as("lower"),
                edge(range.plus(1)).as("upper"),
                call("coalesce", call("try_element_at", counts, range), 0L).as("count")));
  }

  private ExpressionNode edge(ExpressionNode range) {
    ExpressionNode width = to().minus(from()).dividedBy((double) count);
    return when(range.equalTo(count), to())
        .otherwise(range.cast("DOUBLE").times(width).plus(from()));
  }
}
