package dev.graft.builtin.bucket;

import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import java.util.function.IntFunction;

/**
 * A binary search among edges, as a tree of case distinctions: with a thousand buckets a row takes
 * ten comparisons, in generated code.
 *
 * @param result what stands for a bucket, by its place from 0
 */
record Search(Edges edges, boolean rightClosed, IntFunction<Object> result) {
  /**
   * The bucket's result.
   *
   * @param nearest whether numbers outside go into the outermost buckets, rather than to null
   */
  ExpressionNode of(ExpressionNode number, boolean nearest) {
    ExpressionNode found = among(number, 0, edges.buckets());
    ExpressionNode wanted =
        nearest
            ? number.isNaN().not() // which is true of null too, and has no bucket
            : number.between(edges.values().get(0), edges.values().get(edges.buckets()));
    return when(number.isNotNull().and(wanted), found).otherwiseNull();
  }

  /** Halved as often as there are powers of two among the buckets, at most ten times. */
  private ExpressionNode among(ExpressionNode number, int first, int end) {
    if (end - first == 1) {
      return Nodes.literal(result.apply(first));
    }
    int middle = (first + end) >>> 1;
    double edge = edges.values().get(middle);
    ExpressionNode below = rightClosed ? number.atMost(edge) : number.lessThan(edge);
    return when(below, among(number, first, middle)).otherwise(among(number, middle, end));
  }
}
