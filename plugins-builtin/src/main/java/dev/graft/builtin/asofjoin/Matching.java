package dev.graft.builtin.asofjoin;

import dev.graft.api.node.ExpressionNode;
import dev.graft.builtin.v1.AsOfJoin;
import java.util.List;
import java.util.Optional;

/**
 * Which row of the right is the match of a row of the left.
 *
 * @param leftOn what is compared of the left, evaluated on it
 * @param rightOn what is compared of the right, evaluated on it
 * @param by names of columns that both have and that must be equal
 * @param direction where a match lies
 * @param tolerance how far away it may be
 * @param exact whether it may be equal
 * @param outer whether rows without a match are kept
 */
record Matching(
    ExpressionNode leftOn,
    ExpressionNode rightOn,
    List<String> by,
    AsOfJoin.Direction direction,
    Optional<ExpressionNode> tolerance,
    boolean exact,
    boolean outer) {
  Matching {
    by = List.copyOf(by);
  }
}
