package com.acme.frames;

import com.acme.frames.v1.Publish;
import dev.graft.api.CommandPlugin;
import dev.graft.api.CommandResult;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.CommandNodes;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;

/** A command that stands for a standard one. */
public final class PublishPlugin implements CommandPlugin<Publish> {
  @Override
  public Class<Publish> messageType() {
    return Publish.class;
  }

  @Override
  public Optional<CommandResult> execute(Publish publish, PlanningContext context) {
    if (!publish.hasInput() || publish.getView().isEmpty()) {
      throw new PlanningException("Publish has no input or no view. Set both.");
    }
    return Optional.of(
        CommandResult.commands(
            CommandNodes.createTempView(publish.getView(), Nodes.relation(publish.getInput()))));
  }
}
