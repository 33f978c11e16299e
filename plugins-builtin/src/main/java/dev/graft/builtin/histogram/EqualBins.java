package dev.graft.builtin.histogram;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.RelationNode;
import java.util.Optional;

/**
 * Ranges of equal width. Their edges are computed as numpy does, so that both agree to the last
 * bit.
 *
 * @param count how many ranges
 * @param least where the first one begins; without it at the least value
 * @param greatest where the last one ends; without it at the greatest value
 */
record EqualBins(int count, Optional<Double> least, Optional<Double> greatest) implements Bins {
  @Override
  public RelationNode bounded(RelationNode values) {
    if (least.isPresent() && greatest.isPresent()) {
      return values.select(
          star(),
          literal(least.get()).as(CountedBins.LOWER),
          literal(greatest.get()).as(CountedBins.UPPER));
    }
    ExpressionNode value = column(CountedBins.VALUE);
    ExpressionNode lower = least.isPresent() ? literal(least.get()) : Aggregates.min(value);
    ExpressionNode upper = greatest.isPresent() ? literal(greatest.get()) : Aggregates.max(value);
    RelationNode found =
        values.groupBy().agg(lower.as(CountedBins.LOWER), upper.as(CountedBins.UPPER));
    return values.crossJoin(widened(found).hint("broadcast"));
  }

  /** Where all values are equal, or lie outside of the bound that was given, a width of 1. */
  private RelationNode widened(RelationNode found) {
    ExpressionNode lower = column(CountedBins.LOWER);
    ExpressionNode upper = column(CountedBins.UPPER);
    ExpressionNode tooNarrow = lower.atLeast(upper);
    double below = least.isPresent() ? 0 : greatest.isPresent() ? 1 : 0.5;
    ExpressionNode from = greatest.isPresent() ? upper : lower;
    ExpressionNode to = least.isPresent() ? lower : upper;
    return found.select(
        when(tooNarrow, from.minus(below)).otherwise(lower).as(CountedBins.LOWER),
        when(tooNarrow, to.plus(1 - below)).otherwise(upper).as(CountedBins.UPPER));
  }

  /** A first guess by division, which rounding may put next to where the edges say. */
  @Override
  public RelationNode withBin(RelationNode bounded) {
    ExpressionNode value = column(CountedBins.VALUE);
    ExpressionNode lower = column(CountedBins.LOWER);
    ExpressionNode upper = column(CountedBins.UPPER);
    ExpressionNode share = value.minus(lower).dividedBy(upper.minus(lower));
    ExpressionNode guess = call("least", call("floor", share.times(count)), literal(count - 1L));
    ExpressionNode moved =
        when(value.lessThan(edge(guess, lower, upper)), guess.minus(1L))
            .when(
                guess.lessThan(count - 1L).and(value.atLeast(edge(guess.plus(1L), lower, upper))),
                guess.plus(1L))
            .otherwise(guess);
    ExpressionNode bin = when(value.between(lower, upper), moved).otherwiseNull().cast("INT");
    return bounded.select(star(), bin.as(CountedBins.BIN));
  }

  @Override
  public double lowerWithoutRows() {
    return least.orElse(greatest.map(end -> end - 1).orElse(0.0));
  }

  @Override
  public double upperWithoutRows() {
    return greatest.orElse(lowerWithoutRows() + 1);
  }

  @Override
  public ExpressionNode edge(ExpressionNode bin, ExpressionNode lower, ExpressionNode upper) {
    ExpressionNode width = upper.minus(lower).dividedBy((double) count);
    return when(bin.equalTo(count), upper).otherwise(bin.cast("DOUBLE").times(width).plus(lower));
  }
}
