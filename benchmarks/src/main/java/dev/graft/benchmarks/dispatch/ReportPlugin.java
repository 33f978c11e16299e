package dev.graft.benchmarks.dispatch;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.benchmarks.dispatch.message.Report;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** Answers with the input that a report has. */
public final class ReportPlugin implements RelationPlugin<Report> {
  @Override
  public Class<Report> messageType() {
    return Report.class;
  }

  @Override
  public Optional<Relation> transform(Report report, PlanningContext context) {
    return Optional.of(report.getInput());
  }
}
