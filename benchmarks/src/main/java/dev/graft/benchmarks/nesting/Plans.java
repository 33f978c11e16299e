package dev.graft.benchmarks.nesting;

import dev.graft.api.node.Nodes;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Rows;
import org.apache.spark.connect.proto.Relation;

/**
 * What a client does, with the plan ids that clients give: Spark keeps what it made of a relation
 * only where it has one. Not safe for use by several threads.
 */
final class Plans {
  private final ConnectSession session;
  private long lastPlanId;

  Plans(ConnectSession session) {
    this.session = session;
  }

  /** Asks for the columns and the rows of so many selections in one another. */
  void nested(Way way, int levels) {
    Relation relation = named(session.range(5));
    for (int level = 0; level < levels; level++) {
      relation = named(way.of(relation));
    }
    look(relation, 1);
  }

  /**
   * Asks for the columns at each step, each a column and a selection, and for the rows in the end.
   */
  void loop(Way way, int steps) {
    Relation relation = named(session.range(5));
    for (int step = 0; step < steps; step++) {
      if (session.schema(relation).getStruct().getFieldsCount() != step + 1) {
        throw new IllegalStateException("Not a column for each step: " + way);
      }
      relation = Nodes.relation(relation).withColumn("c" + step, Nodes.literal(step)).build();
      relation = named(way.of(named(relation)));
    }
    look(relation, steps + 1);
  }

  private void look(Relation relation, int columns) {
    int found = session.schema(relation).getStruct().getFieldsCount();
    try (Rows rows = session.rows(relation)) {
      if (found != columns || rows.toList().size() != 5) {
        throw new IllegalStateException("Other rows or columns than there are");
      }
    }
  }

  private Relation named(Relation relation) {
    Relation.Builder builder = relation.toBuilder();
    builder.getCommonBuilder().setPlanId(++lastPlanId);
    return builder.build();
  }
}
