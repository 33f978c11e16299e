package {{package}};

import {{package}}.v1.{{Name}};
import dev.graft.api.CommandPlugin;
import dev.graft.api.CommandResult;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;

/** One row about a column: how many values it has, the least and the greatest. */
public final class {{Name}}Plugin implements CommandPlugin<{{Name}}> {
  @Override
  public Class<{{Name}}> messageType() {
    return {{Name}}.class;
  }

  @Override
  public Optional<CommandResult> execute({{Name}} message, PlanningContext context) {
    if (!message.hasInput()) {
      throw new PlanningException("{{Name}} has no input. Set the relation to look at.");
    }
    if (message.getColumn().isEmpty()) {
      throw new PlanningException("{{Name}}.column is empty. Name the column to look at.");
    }
    ExpressionNode column = Nodes.columnNamed(message.getColumn());
    return Optional.of(
        CommandResult.rows(
            Nodes.relation(message.getInput())
                .groupBy()
                .agg(
                    Aggregates.count(column).as("count"),
                    Aggregates.min(column).as("least"),
                    Aggregates.max(column).as("greatest"))
                .build()));
  }
}
