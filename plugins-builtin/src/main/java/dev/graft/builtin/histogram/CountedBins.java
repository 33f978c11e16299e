package dev.graft.builtin.histogram;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;

import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;

/** The ranges with their counts, in one aggregation, of which a single row makes all ranges. */
final class CountedBins {
  static final String VALUE = "value";
  static final String LOWER = "lower";
  static final String UPPER = "upper";
  static final String BIN = "bin";
  private static final String COUNT = "count";
  private static final String COUNTS = "counts";

  private final Relation input;
  private final Expression counted;
  private final Bins bins;

  CountedBins(Relation input, Expression counted, Bins bins) {
    this.input = input;
    this.counted = counted;
    this.bins = bins;
  }

  RelationNode rows() {
    RelationNode byBin =
        bins.withBin(bins.bounded(finiteValues()))
            .groupBy(column(BIN))
            .agg(
                Aggregates.count().as(COUNT),
                Aggregates.min(column(LOWER)).as(LOWER),
                Aggregates.max(column(UPPER)).as(UPPER));
    // Values outside have no bin, but know the bounds; a null struct is not collected.
    ExpressionNode pair =
        Nodes.when(column(BIN).isNotNull(), call("struct", column(BIN), column(COUNT)))
            .otherwiseNull();
    RelationNode whole =
        byBin
            .groupBy()
            .agg(
                call("map_from_entries", call("collect_list", pair)).as(COUNTS),
                or(Aggregates.min(column(LOWER)), bins.lowerWithoutRows()).as(LOWER),
                or(Aggregates.max(column(UPPER)), bins.upperWithoutRows()).as(UPPER));
    return whole.select(call("inline", Lambdas.transform(allBins(), this::row)));
  }

  private RelationNode finiteValues() {
    ExpressionNode value = column(VALUE);
    return Nodes.relation(input)
        .select(Nodes.expression(counted).cast("DOUBLE").as(VALUE))
        // NaN is greater than every other value.
        .filter(call("abs", value).lessThan(Double.POSITIVE_INFINITY));
  }

  private ExpressionNode allBins() {
    return call("sequence", 0, bins.count() - 1);
  }

  private ExpressionNode row(ExpressionNode bin) {
    return call(
        "struct",
        bin.as(BIN),
        bins.edge(bin, column(LOWER), column(UPPER)).as(LOWER),
        bins.edge(bin.plus(1), column(LOWER), column(UPPER)).as(UPPER),
        or(call("try_element_at", column(COUNTS), bin), 0L).as(COUNT));
  }

  private static ExpressionNode or(ExpressionNode value, Object otherwise) {
    return call("coalesce", value, literal(otherwise));
  }
}
