package dev.graft.builtin.bucket;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Bucket;
import dev.graft.spi.PlanningException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where buckets begin and end.
 *
 * @param values in ascending order, at least two
 */
record Edges(List<Double> values) {
  private static final int MOST_BUCKETS = 1_000;

  Edges {
    values = List.copyOf(values);
  }

  static Edges of(Bucket bucket, OptionCheck check) {
    if (bucket.hasEqualWidth() == (bucket.getEdgesCount() > 0)) {
      throw new PlanningException(
          "Bucket has "
              + (bucket.hasEqualWidth() ? "both edges and equal_width" : "no edges")
              + ". Give either edges or equal_width.");
    }
    return bucket.hasEqualWidth()
        ? equalWidth(bucket.getEqualWidth(), check)
        : given(bucket.getEdgesList(), check);
  }

  private static Edges given(List<Double> edges, OptionCheck check) {
    if (edges.size() < 2 || edges.size() > MOST_BUCKETS + 1) {
      throw new PlanningException(
          "Bucket.edges has " + edges.size() + " of them. Give 2 to " + (MOST_BUCKETS + 1) + ".");
    }
    for (int i = 0; i < edges.size(); i++) {
      if (Double.isNaN(edges.get(i)) || (i > 0 && !(edges.get(i - 1) < edges.get(i)))) {
        throw check.refusal(
            "edges[" + i + "]", edges.get(i), "Give numbers, each greater than the one before");
      }
    }
    return new Edges(edges);
  }

  private static Edges equalWidth(Bucket.EqualWidth equal, OptionCheck check) {
    check.between(equal.getCount(), 1, MOST_BUCKETS, "equal_width.count");
    double step = (equal.getMax() - equal.getMin()) / equal.getCount();
    // Both are finite as well where the step is.
    if (!(Double.isFinite(step) && step > 0)) {
      throw check.refusal(
          "equal_width",
          equal.getMin() + " to " + equal.getMax(),
          "Give finite numbers, min below max, and not so far apart that their difference is none");
    }
    List<Double> edges = new ArrayList<>(equal.getCount() + 1);
    for (int i = 0; i < equal.getCount(); i++) {
      edges.add(equal.getMin() + i * step);
    }
    edges.add(equal.getMax());
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i - 1) < edges.get(i))) {
        throw check.refusal(
            "equal_width.count",
            equal.getCount(),
            "There are not that many doubles between min and max. Give fewer");
      }
    }
    return new Edges(edges);
  }

  int buckets() {
    return values.size() - 1;
  }

  /** What a bucket holds, in the usual notation. */
  String interval(int bucket, boolean rightClosed) {
    boolean first = bucket == 0;
    boolean last = bucket == buckets() - 1;
    String open = rightClosed && !first ? "(" : "[";
    String close = rightClosed || last ? "]" : ")";
    return open + values.get(bucket) + ", " + values.get(bucket + 1) + close;
  }
}
