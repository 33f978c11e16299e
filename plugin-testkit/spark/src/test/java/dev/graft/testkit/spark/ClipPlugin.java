package dev.graft.testkit.spark;

import dev.graft.api.ExpressionPlugin;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;

/** The last two characters of a text; its message is one of Spark's own. */
public final class ClipPlugin implements ExpressionPlugin<Expression.UnresolvedRegex> {
  /** Made by its host. */
  public ClipPlugin() {}

  @Override
  public Class<Expression.UnresolvedRegex> messageType() {
    return Expression.UnresolvedRegex.class;
  }

  @Override
  public Optional<Expression> transform(Expression.UnresolvedRegex clip, PlanningContext context) {
    if (clip.getColName().isEmpty()) {
      throw new PlanningException("Clip names no column.");
    }
    return Optional.of(Nodes.call("right", Nodes.columnNamed(clip.getColName()), 2).build());
  }
}
