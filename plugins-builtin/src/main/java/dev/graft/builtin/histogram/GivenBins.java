package dev.graft.builtin.histogram;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.RelationNode;
import dev.graft.builtin.option.BinarySearch;
import java.util.List;

/**
 * Ranges between edges that were given.
 *
 * @param edges at least two, ascending and finite
 */
record GivenBins(List<Double> edges) implements Bins {
  private static final String FOUND = "found";

  GivenBins {
    edges = List.copyOf(edges);
  }

  @Override
  public int count() {
    return edges.size() - 1;
  }

  @Override
  public RelationNode bounded(RelationNode values) {
    return values.select(
        star(),
        literal(lowerWithoutRows()).as(CountedBins.LOWER),
        literal(upperWithoutRows()).as(CountedBins.UPPER));
  }

  @Override
  public RelationNode withBin(RelationNode bounded) {
    ExpressionNode value = column(CountedBins.VALUE);
    ExpressionNode inside = value.between(lowerWithoutRows(), upperWithoutRows());
    // The outermost edges do not part ranges, so that the last one ends with its upper bound.
    ExpressionNode parting = literal(edges.subList(1, edges.size() - 1)).cast("ARRAY<DOUBLE>");
    return new BinarySearch(value, parting, edges.size() - 2)
        .in(bounded, FOUND)
        .select(star(), when(inside, column(FOUND)).otherwiseNull().as(CountedBins.BIN));
  }

  @Override
  public double lowerWithoutRows() {
    return edges.get(0);
  }

  @Override
  public double upperWithoutRows() {
    return edges.get(edges.size() - 1);
  }

  @Override
  public ExpressionNode edge(ExpressionNode bin, ExpressionNode lower, ExpressionNode upper) {
    return call("get", literal(edges), bin);
  }
}
