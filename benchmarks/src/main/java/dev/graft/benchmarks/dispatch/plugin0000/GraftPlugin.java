package dev.graft.benchmarks.dispatch.plugin0000;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** The plugin for Graft. */
public final class GraftPlugin implements RelationPlugin<Series> {
  @Override
  public Class<Series> messageType() {
    return Series.class;
  }

  @Override
  public Optional<Relation> transform(Series series, PlanningContext context) {
    return Optional.of(SeriesRelation.of(series));
  }
}
