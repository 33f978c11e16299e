package dev.graft.builtin.bucket;

import static dev.graft.api.node.Nodes.call;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The bucket of a number that is written once: it is sorted among the edges, and what stands for
 * its bucket is found by its place. A tree of comparisons would repeat the number, which may be
 * random or expensive; binding it by a lambda is not allowed over a subquery.
 *
 * <p>Beside each value stands its side, which parts equal ones: an edge that belongs to the bucket
 * above it comes before the number, one that closes the bucket below comes behind it. Null sorts
 * before minus infinity and NaN behind infinity, so that both have places of their own.
 *
 * @param result what stands for a bucket, by its place from 0
 * @param none what stands for no bucket
 */
record Rank(Edges edges, boolean rightClosed, IntFunction<Object> result, ExpressionNode none) {
  /** The names that {@code arrays_zip} gives to the fields of what it zips. */
  private static final String VALUE = "0";

  private static final String SIDE = "1";

  private static final int FIRST = 0;
  private static final int BEFORE = 1;
  private static final int NUMBER = 2;
  private static final int BEHIND = 3;
  private static final int LAST = 4;

  /**
   * The bucket's result.
   *
   * @param nearest whether numbers outside go into the outermost buckets, rather than to null
   */
  ExpressionNode of(ExpressionNode number, boolean nearest) {
    ExpressionNode one = call("array", call("named_struct", VALUE, number, SIDE, NUMBER));
    ExpressionNode sorted = call("sort_array", call("concat", sortedEdges(), one));
    ExpressionNode place = call("array_position", sorted.getField(SIDE), NUMBER).cast("INT");
    return call("element_at", call("array", results(nearest)), place);
  }

  private ExpressionNode sortedEdges() {
    List<Double> values = new ArrayList<>(List.of(Double.NEGATIVE_INFINITY));
    List<Integer> sides = new ArrayList<>(List.of(FIRST));
    for (int edge = 0; edge <= edges.buckets(); edge++) {
      boolean opens = edge == 0 || (!rightClosed && edge < edges.buckets());
      values.add(edges.values().get(edge));
      sides.add(opens ? BEFORE : BEHIND);
    }
    values.add(Double.POSITIVE_INFINITY);
    sides.add(LAST);
    return call("arrays_zip", values, sides);
  }

  /** By place: null, below, the buckets, above, NaN. */
  private List<ExpressionNode> results(boolean nearest) {
    List<ExpressionNode> buckets = new ArrayList<>();
    for (int bucket = 0; bucket < edges.buckets(); bucket++) {
      buckets.add(Nodes.literal(result.apply(bucket)));
    }
    List<ExpressionNode> results = new ArrayList<>(List.of(none));
    results.add(nearest ? buckets.get(0) : none);
    results.addAll(buckets);
    results.add(nearest ? buckets.get(buckets.size() - 1) : none);
    results.add(none);
    return results;
  }
}
