package dev.graft.testkit.spark;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;

/** The first rows of a relation by the column that its settings name. */
public final class HeadPlugin implements RelationPlugin<Limit> {
  /** Made by its host. */
  public HeadPlugin() {}

  @Override
  public Class<Limit> messageType() {
    return Limit.class;
  }

  @Override
  public Optional<Relation> transform(Limit head, PlanningContext context) {
    if (head.getLimit() < 1) {
      throw new PlanningException("Head.limit is " + head.getLimit() + ". Give 1 or more.");
    }
    return Optional.of(
        Nodes.relation(head.getInput())
            .sort(Nodes.columnNamed(context.settings().getOrDefault("by", "id")).asc())
            .limit(head.getLimit())
            .build());
  }
}
