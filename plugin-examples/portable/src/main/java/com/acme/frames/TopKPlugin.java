package com.acme.frames;

import static dev.graft.api.node.Nodes.columnNamed;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.starWithout;

import com.acme.frames.v1.TopK;
import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** The first k rows of each group, by their number in a window. */
public final class TopKPlugin implements RelationPlugin<TopK> {
  private static final String PLACE = "acme_frames_place";

  @Override
  public Class<TopK> messageType() {
    return TopK.class;
  }

  @Override
  public Optional<Relation> transform(TopK topK, PlanningContext context) {
    if (!topK.hasInput()) {
      throw new PlanningException("TopK has no input. Set the relation to take rows from.");
    }
    if (topK.getK() < 1) {
      throw new PlanningException("TopK.k is " + topK.getK() + ". Give 1 or more.");
    }
    if (topK.getOrderBy().isEmpty()) {
      throw new PlanningException("TopK.order_by is empty. Name the column that ranks the rows.");
    }
    RelationNode first =
        Nodes.relation(topK.getInput())
            .select(
                star(),
                Windows.rowNumber()
                    .over(
                        Windows.partitionBy(
                                topK.getByList().stream().map(Nodes::columnNamed).toList())
                            .orderBy(order(topK)))
                    .as(PLACE))
            .filter(columnNamed(PLACE).atMost(topK.getK()));
    // Spark analyses a drop at once, when it does not know subqueries yet, which 4.0 brought. Before,
    // that spares its analyser rounds, of which it makes a hundred.
    boolean mayHoldSubqueries = context.connectIsAtLeast(4, 0);
    return Optional.of(
        (mayHoldSubqueries ? first.select(starWithout(PLACE)) : first.drop(PLACE)).build());
  }

  private static OrderNode order(TopK topK) {
    return topK.getDescending()
        ? columnNamed(topK.getOrderBy()).desc()
        : columnNamed(topK.getOrderBy()).asc().nullsLast();
  }
}
