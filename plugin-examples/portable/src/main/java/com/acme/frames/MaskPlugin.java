package com.acme.frames;

import static dev.graft.api.node.Nodes.call;

import com.acme.frames.v1.Mask;
import dev.graft.api.ExpressionPlugin;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;

/** A string of which only the last characters can be read, by functions that Spark 3.4 has. */
public final class MaskPlugin implements ExpressionPlugin<Mask> {
  @Override
  public Class<Mask> messageType() {
    return Mask.class;
  }

  @Override
  public Optional<Expression> transform(Mask mask, PlanningContext context) {
    if (!mask.hasInput()) {
      throw new PlanningException("Mask has no input. Set the expression to mask.");
    }
    if (mask.getKeep() < 0) {
      throw new PlanningException("Mask.keep is " + mask.getKeep() + ". Give 0 or more.");
    }
    String with = mask.getWith().isEmpty() ? "*" : mask.getWith();
    ExpressionNode text = Nodes.expression(mask.getInput()).cast("STRING");
    ExpressionNode hidden = call("greatest", call("char_length", text).minus(mask.getKeep()), 0);
    return Optional.of(
        call("concat", call("repeat", with, hidden), call("right", text, mask.getKeep())).build());
  }
}
