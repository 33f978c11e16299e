package dev.graft.builtin.histogram;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.RelationNode;

/** The ranges in which values are counted. */
sealed interface Bins permits EqualBins, GivenBins {
  /** How many there are. */
  int count();

  /**
   * The values with columns {@link CountedBins#LOWER} and {@link CountedBins#UPPER}: where the
   * first range begins and the last one ends.
   *
   * @param values with a column {@link CountedBins#VALUE} of finite doubles
   */
  RelationNode bounded(RelationNode values);

  /**
   * What {@link #bounded} gave, with a column {@link CountedBins#BIN} more: the number of the range
   * that the value of a row is in, from 0; null where it is in none.
   */
  RelationNode withBin(RelationNode bounded);

  /** Where the first range begins, where no row told. */
  double lowerWithoutRows();

  /** Where the last range ends, where no row told. */
  double upperWithoutRows();

  /**
   * Where a range begins; of the number after the last one, where that ends.
   *
   * @param bin the number of the range
   * @param lower where the first one begins
   * @param upper where the last one ends
   */
  ExpressionNode edge(ExpressionNode bin, ExpressionNode lower, ExpressionNode upper);
}
