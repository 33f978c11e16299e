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
 * @param from where the first one begins, a DOUBLE; null where there are none
 * @param to where the last one ends
 * @param count how many ranges
 */
record Ranges(ExpressionNode from, ExpressionNode to, int count) {
  /** The ranges of values; there are none where the least and the greatest are too far apart. */
  static Ranges of(ExpressionNode least, ExpressionNode greatest, int count) {
    ExpressionNode areFinite =
        call("abs", greatest.minus(least)).lessThan(Double.POSITIVE_INFINITY);
    ExpressionNode one = least.equalTo(greatest);
    return new Ranges(
        when(areFinite, when(one, least.minus(0.5)).otherwise(least)).otherwiseNull(),
        when(areFinite, when(one, greatest.plus(0.5)).otherwise(greatest)).otherwiseNull(),
        count);
  }

  /** How many ranges there are in a distance of one. */
  ExpressionNode perUnit() {
    return literal((double) count).dividedBy(to.minus(from));
  }

  /**
   * The edges as an array, with infinity in place of the outermost ones and once more behind them,
   * so that each value has an edge on either side, the last one also where a guess is beyond it.
   */
  ExpressionNode edges() {
    return Lambdas.transform(
        call("sequence", 0, count + 1),
        range ->
            when(range.equalTo(0), Double.NEGATIVE_INFINITY)
                .when(range.atLeast(count), Double.POSITIVE_INFINITY)
                .otherwise(edge(range)));
  }

  /**
   * The number of the range that a value is in, from 0, or of one next to it, since multiplication
   * is not exact.
   *
   * @param perUnit what {@link #perUnit} gave
   */
  static ExpressionNode guess(ExpressionNode value, ExpressionNode from, ExpressionNode perUnit) {
    return call("floor", value.minus(from).times(perUnit)).cast("INT");
  }

  /**
   * The number of the range that a value is in, as the edges say it.
   *
   * @param guess what {@link #guess} gave, as a column: it is used several times
   * @param edges what {@link #edges} gave
   */
  static ExpressionNode corrected(
      ExpressionNode value, ExpressionNode guess, ExpressionNode edges) {
    return guess.plus(
        when(value.lessThan(call("get", edges, guess)), -1)
            .when(value.atLeast(call("get", edges, guess.plus(1))), 1)
            .otherwise(0));
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
    ExpressionNode width = to.minus(from).dividedBy((double) count);
    return when(range.equalTo(count), to).otherwise(range.cast("DOUBLE").times(width).plus(from));
  }
}
