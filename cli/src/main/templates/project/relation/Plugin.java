package {{package}};

import {{package}}.v1.{{Name}};
import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** The rows with the greatest values of a column. */
public final class {{Name}}Plugin implements RelationPlugin<{{Name}}> {
  @Override
  public Class<{{Name}}> messageType() {
    return {{Name}}.class;
  }

  @Override
  public Optional<Relation> transform({{Name}} message, PlanningContext context) {
    if (!message.hasInput()) {
      throw new PlanningException("{{Name}} has no input. Set the relation to take rows from.");
    }
    if (message.getBy().isEmpty()) {
      throw new PlanningException("{{Name}}.by is empty. Name the column that ranks the rows.");
    }
    if (message.getCount() < 1) {
      throw new PlanningException("{{Name}}.count is " + message.getCount() + ". Give 1 or more.");
    }
    return Optional.of(
        Nodes.relation(message.getInput())
            .sort(Nodes.columnNamed(message.getBy()).desc())
            .limit(message.getCount())
            .build());
  }
}
