package com.acme.frames;

import com.acme.frames.v1.Summarize;
import dev.graft.api.CommandPlugin;
import dev.graft.api.CommandResult;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;

/** A command that answers with rows. */
public final class SummarizePlugin implements CommandPlugin<Summarize> {
  @Override
  public Class<Summarize> messageType() {
    return Summarize.class;
  }

  @Override
  public Optional<CommandResult> execute(Summarize summarize, PlanningContext context) {
    if (!summarize.hasInput() || summarize.getColumn().isEmpty()) {
      throw new PlanningException("Summarize has no input or no column. Set both.");
    }
    ExpressionNode column = Nodes.columnNamed(summarize.getColumn());
    return Optional.of(
        CommandResult.rows(
            Nodes.relation(summarize.getInput())
                .groupBy()
                .agg(
                    Aggregates.count(column).as("count"),
                    Aggregates.min(column).as("min"),
                    Aggregates.max(column).as("max"),
                    Aggregates.avg(column).as("avg"))
                .build()));
  }
}
