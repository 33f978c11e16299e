package dev.graft.testkit.sample;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;

/** The first rows of a relation, sorted by its first column; keeps every rule. */
public final class HeadPlugin implements RelationPlugin<Limit> {
  /** Made by its host. */
  public HeadPlugin() {}

  @Override
  public Class<Limit> messageType() {
    return Limit.class;
  }

  @Override
  public Optional<Relation> transform(Limit head, PlanningContext context) {
    if (!head.hasInput() || head.getLimit() < 1) {
      throw new PlanningException("Head has no input, or a limit below 1. Give both.");
    }
    if (context.schema(head.getInput()).getFieldsCount() == 0) {
      throw new PlanningException("Head's input has no columns.");
    }
    String first = context.schema(head.getInput()).getFields(0).getName();
    return Optional.of(
        Nodes.relation(head.getInput())
            .sort(Nodes.columnNamed(first).asc())
            .limit(head.getLimit())
            .build());
  }
}
