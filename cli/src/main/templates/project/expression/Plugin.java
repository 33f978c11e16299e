package {{package}};

import {{package}}.v1.{{Name}};
import dev.graft.api.ExpressionPlugin;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;

/** The first characters of a text. */
public final class {{Name}}Plugin implements ExpressionPlugin<{{Name}}> {
  @Override
  public Class<{{Name}}> messageType() {
    return {{Name}}.class;
  }

  @Override
  public Optional<Expression> transform({{Name}} message, PlanningContext context) {
    if (!message.hasText()) {
      throw new PlanningException("{{Name}} has no text. Set the expression to take characters from.");
    }
    if (message.getLength() < 1) {
      throw new PlanningException("{{Name}}.length is " + message.getLength() + ". Give 1 or more.");
    }
    return Optional.of(
        Nodes.call("substring", Nodes.expression(message.getText()), 1, message.getLength()).build());
  }
}
