package dev.graft.builtin.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Bucket;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.connect.proto.Expression;
import org.junit.jupiter.api.Test;

@WithPlugins(BucketPlugin.class)
class BucketPluginTest {
  private static Bucket.Builder bucket(double... edges) {
    Bucket.Builder bucket = Bucket.newBuilder().setInput(Nodes.column("n").build());
    for (double edge : edges) {
      bucket.addEdges(edge);
    }
    return bucket;
  }

  @Test
  void twoBucketsAreOneComparisonBesideThoseOfTheEnds(Graft graft) {
    ExpressionNode number = Nodes.column("n").cast("DOUBLE");

    assertThat(graft.lower(bucket(0, 5, 10).build()).expression())
        .isEqualTo(
            Nodes.when(
                    number.isNotNull().and(number.between(0.0, 10.0)),
                    Nodes.when(number.lessThan(5.0), 0).otherwise(1))
                .otherwiseNull()
                .as("bucket(n)")
                .build());
  }

  @Test
  void aThousandBucketsTakeTenComparisons(Graft graft) {
    double[] edges = IntStream.rangeClosed(0, 1_000).asDoubleStream().toArray();

    Expression found =
        graft
            .lower(bucket(edges).build())
            .expression()
            .getAlias()
            .getExpr()
            .getUnresolvedFunction()
            .getArguments(1);

    int comparisons = 0;
    while (found.hasUnresolvedFunction()) {
      found = found.getUnresolvedFunction().getArguments(2); // what is not below the edge
      comparisons++;
    }
    assertThat(found.getLiteral().getInteger()).isEqualTo(999);
    assertThat(comparisons).isEqualTo(10);
  }

  @Test
  void edgesOfEqualWidthEndWithTheMaximum() {
    Bucket.EqualWidth tenths =
        Bucket.EqualWidth.newBuilder().setMin(0).setMax(0.7).setCount(7).build();

    Edges edges =
        Edges.of(Bucket.newBuilder().setEqualWidth(tenths).build(), new OptionCheck("Bucket"));

    assertThat(edges.values()).hasSize(8).startsWith(0.0, 0.7 / 7).endsWith(0.7);
  }

  @Test
  void intervalsSayWhichEdgeIsTheirs() {
    Edges edges = new Edges(List.of(Double.NEGATIVE_INFINITY, 0.0, 1.5));

    assertThat(edges.interval(0, false)).isEqualTo("[-Infinity, 0.0)");
    assertThat(edges.interval(1, false)).isEqualTo("[0.0, 1.5]");
    assertThat(edges.interval(0, true)).isEqualTo("[-Infinity, 0.0]");
    assertThat(edges.interval(1, true)).isEqualTo("(0.0, 1.5]");
  }

  @Test
  void optionsAreChecked(Graft graft) {
    graft
        .refused(bucket(0, 1).clearInput().build())
        .saying("Bucket.input is not given. Give the number to put into a bucket.");
    graft
        .refused(bucket(1, 0).build())
        .saying("Bucket.edges[1] is 0.0. Give numbers, each greater than the one before.");
    graft
        .refused(bucket(0, 1).addLabels("a").addLabels("b").build())
        .saying("Bucket.labels has 2 of them, and there are 1 buckets. Give one for each.");
  }
}
