package dev.graft.benchmarks.dispatch.plugin0000;

import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;

/** What the plugin makes of its message, whoever asked it. */
final class SeriesRelation {
  private SeriesRelation() {}

  static Relation of(Series series) {
    return Relation.newBuilder()
        .setRange(
            Range.newBuilder()
                .setStart(series.getStart())
                .setEnd(series.getPadding().size())
                .setStep(1))
        .build();
  }
}
