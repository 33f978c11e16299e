package com.acme.legacy;

import com.acme.legacy.v1.Stamp;
import com.google.common.base.CharMatcher;
import com.google.common.base.Objects;
import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/**
 * Adds a column that holds the same text in every row.
 *
 * <p>It cannot run on a Guava of Spark's: {@code CharMatcher.whitespace()} came with 19, after the one
 * in Spark 3, and {@code Objects.firstNonNull} left with 21, before the one in Spark 4.
 */
public final class StampPlugin implements RelationPlugin<Stamp> {
  @Override
  public Class<Stamp> messageType() {
    return Stamp.class;
  }

  @Override
  @SuppressWarnings("deprecation") // it is here because newer versions lack it
  public Optional<Relation> transform(Stamp stamp, PlanningContext context) {
    if (!stamp.hasInput()) {
      throw new PlanningException("Stamp has no input. Set the relation to stamp.");
    }
    String column = Objects.firstNonNull(stamp.hasColumn() ? stamp.getColumn() : null, "stamp");
    String text = CharMatcher.whitespace().trimAndCollapseFrom(stamp.getText(), ' ');
    return Optional.of(
        Nodes.relation(stamp.getInput())
            .select(Nodes.star(), Nodes.literal(text).as(column))
            .build());
  }
}
