package dev.graft.builtin.histogram;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Histogram;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** How many values of a column lie in each of some ranges. */
public final class HistogramPlugin implements RelationPlugin<Histogram> {
  private static final int BINS = 10;
  private static final int MOST_BINS = 10_000;
  private static final int MOST_EDGES = MOST_BINS + 1;

  @Override
  public Class<Histogram> messageType() {
    return Histogram.class;
  }

  @Override
  public Optional<Relation> transform(Histogram histogram, PlanningContext context) {
    check(histogram);
    Bins bins =
        histogram.getEdgesCount() > 0
            ? new GivenBins(histogram.getEdgesList())
            : new EqualBins(
                histogram.getBins() == 0 ? BINS : histogram.getBins(),
                histogram.hasLower() ? Optional.of(histogram.getLower()) : Optional.empty(),
                histogram.hasUpper() ? Optional.of(histogram.getUpper()) : Optional.empty());
    return Optional.of(
        new CountedBins(histogram.getInput(), histogram.getColumn(), bins).rows().build());
  }

  private static void check(Histogram histogram) {
    OptionCheck check = OptionCheck.of(histogram);
    check.given(histogram.hasInput(), "input", "Give the DataFrame whose values to count");
    check.given(histogram.hasColumn(), "column", "Give the column of numbers to count");
    if (histogram.getEdgesCount() > 0) {
      checkEdges(histogram, check);
      return;
    }
    if (histogram.getBins() != 0) {
      check.between(histogram.getBins(), 1, MOST_BINS, "bins");
    }
    checkFinite(histogram.getLower(), "lower", check);
    checkFinite(histogram.getUpper(), "upper", check);
    if (histogram.hasLower()
        && histogram.hasUpper()
        && histogram.getLower() >= histogram.getUpper()) {
      throw check.refusal(
          "upper", histogram.getUpper(), "Give more than lower, which is " + histogram.getLower());
    }
  }

  private static void checkEdges(Histogram histogram, OptionCheck check) {
    if (histogram.getBins() != 0 || histogram.hasLower() || histogram.hasUpper()) {
      throw check.refusal(
          "edges", histogram.getEdgesList(), "Give either edges, or bins, lower and upper");
    }
    if (histogram.getEdgesCount() < 2 || histogram.getEdgesCount() > MOST_EDGES) {
      throw check.refusal(
          "edges",
          "a list of " + histogram.getEdgesCount(),
          "Give 2 to " + MOST_EDGES + " of them");
    }
    for (int place = 0; place < histogram.getEdgesCount(); place++) {
      double edge = histogram.getEdges(place);
      checkFinite(edge, "edges[" + place + "]", check);
      if (place > 0 && edge <= histogram.getEdges(place - 1)) {
        throw check.refusal(
            "edges[" + place + "]",
            edge,
            "Give more than the one before, which is " + histogram.getEdges(place - 1));
      }
    }
  }

  private static void checkFinite(double value, String option, OptionCheck check) {
    if (!Double.isFinite(value)) {
      throw check.refusal(option, value, "Give a finite number");
    }
  }
}
