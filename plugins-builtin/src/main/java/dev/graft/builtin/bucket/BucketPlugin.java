package dev.graft.builtin.bucket;

import dev.graft.api.ExpressionPlugin;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.builtin.expression.Let;
import dev.graft.builtin.expression.Titles;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Bucket;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.spark.connect.proto.Expression;

/** The bucket that a number falls into. */
public final class BucketPlugin implements ExpressionPlugin<Bucket> {
  @Override
  public Class<Bucket> messageType() {
    return Bucket.class;
  }

  @Override
  public Optional<Expression> transform(Bucket bucket, PlanningContext context) {
    OptionCheck check = OptionCheck.of(bucket);
    check.known(bucket.getOutside(), bucket.getOutsideValue(), "outside");
    check.given(bucket.hasInput(), "input", "Give the number to put into a bucket");
    Edges edges = Edges.of(bucket, check);
    check(bucket, edges);
    ExpressionNode input = Nodes.expression(bucket.getInput());
    ExpressionNode answer = found(bucket, edges, Let.isPlain(input), input.cast("DOUBLE"));
    return Optional.of(Titles.titled("bucket", bucket.getInput(), answer));
  }

  private static ExpressionNode found(
      Bucket bucket, Edges edges, boolean plain, ExpressionNode number) {
    boolean closed = bucket.getRightClosed();
    boolean nearest = bucket.getOutside() == Bucket.Outside.NEAREST;
    IntFunction<Object> result = place -> result(bucket, edges, place);
    boolean labelled = bucket.getIntervalLabels() || bucket.getLabelsCount() > 0;
    return plain
        ? new Search(edges, closed, result).of(number, nearest)
        : new Rank(edges, closed, result, Nodes.nullOf(labelled ? "STRING" : "INT"))
            .of(number, nearest);
  }

  private static Object result(Bucket bucket, Edges edges, int place) {
    if (bucket.getIntervalLabels()) {
      return edges.interval(place, bucket.getRightClosed());
    }
    return bucket.getLabelsCount() > 0 ? bucket.getLabels(place) : (Object) place;
  }

  private static void check(Bucket bucket, Edges edges) {
    int labels = bucket.getLabelsCount();
    if (labels > 0 && bucket.getIntervalLabels()) {
      throw new PlanningException(
          "Bucket has both labels and interval_labels. Give one of them, or none for numbers.");
    }
    if (labels > 0 && labels != edges.buckets()) {
      throw new PlanningException(
          "Bucket.labels has "
              + labels
              + " of them, and there are "
              + edges.buckets()
              + " buckets. Give one for each.");
    }
  }
}
