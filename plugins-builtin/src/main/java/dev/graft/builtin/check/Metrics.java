package dev.graft.builtin.check;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.nullOf;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.builtin.v1.Check;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.connect.proto.Relation;

/** How many rows violate each expectation, and what follows from that. */
record Metrics(Relation input, List<Expected> expected) {
  static final String POSITION = "position";
  static final String CANDIDATES = "candidates";
  private static final String FOUND = "found";
  private static final String EACH = "each";
  private static final String SAMPLE = "sample";

  Metrics {
    expected = List.copyOf(expected);
  }

  RelationNode withoutSamples() {
    return result(found().select(Nodes.star(), nullOf("ARRAY<STRING>").as(SAMPLE)));
  }

  RelationNode with(Samples samples) {
    RelationNode found = found();
    RelationNode taken = samples.of(found).alias("taken");
    return result(
        found
            .alias("found")
            .join(taken)
            .left()
            .on(column("found." + POSITION).equalTo(column("taken." + Samples.OF)))
            .select(Nodes.starOf("found"), column("taken." + SAMPLE)));
  }

  private static RelationNode result(RelationNode found) {
    List<String> names =
        List.of(
            POSITION, "name", "rule", "columns", "status", "metric", "rows", "violations", SAMPLE);
    return found
        .select(names.stream().map(name -> column(name)).toList())
        .sort(column(POSITION).asc());
  }

  /**
   * A row for each expectation. They are collected into one row and exploded again, since the
   * optimizer cannot look into that: what the result and the samples want of the counts is then one
   * and the same, and computed once.
   */
  private RelationNode found() {
    RelationNode whole = counts();
    for (Expected each : expected) {
      if (each.isOfKeys()) {
        whole = whole.crossJoin(new Keys(input, each).count(keyCounts(each)));
      }
    }
    ExpressionNode all = call("array", expected.stream().map(Metrics::found).toArray());
    return whole
        .select(call("explode", all).as(EACH))
        .groupBy()
        .agg(call("sort_array", call("collect_list", column(EACH))).as(FOUND))
        .select(call("inline", column(FOUND)));
  }

  /** What rows tell by themselves, in one pass. */
  private RelationNode counts() {
    List<ExpressionNode> counts = new ArrayList<>();
    for (Expected each : expected) {
      counts.add(
          each.expectation().getWhere().isEmpty()
              ? Aggregates.count().as("rows" + each.position())
              : countOf(each.looksAt()).as("rows" + each.position()));
      if (each.isOfRows()) {
        counts.add(countOf(each.isViolated()).as("violations" + each.position()));
      }
    }
    return Nodes.relation(input).groupBy().agg(counts);
  }

  private static ExpressionNode countOf(ExpressionNode condition) {
    return Aggregates.count(when(condition, 1).otherwiseNull());
  }

  private static Keys.Found keyCounts(Expected each) {
    return new Keys.Found("violations" + each.position(), "candidates" + each.position());
  }

  private static ExpressionNode found(Expected each) {
    ExpressionNode rows = column("rows" + each.position());
    boolean counted = each.expectation().hasRowCount();
    ExpressionNode violations = counted ? nullOf("BIGINT") : column("violations" + each.position());
    ExpressionNode candidates =
        each.isOfRows() || counted ? violations : column("candidates" + each.position());
    ExpressionNode metric =
        counted
            ? rows.cast("DOUBLE")
            : when(rows.greaterThan(0L), rows.minus(violations).dividedBy(rows)).otherwiseNull();
    String otherwise = each.expectation().getLevel() == Check.Level.WARNING ? "warned" : "failed";
    return call(
        "named_struct",
        POSITION,
        each.position(),
        "name",
        each.name(),
        "rule",
        each.rule(),
        "columns",
        literal(each.columns()).cast("ARRAY<STRING>"),
        "status",
        when(passes(each, rows, violations), "passed").otherwise(otherwise),
        "metric",
        metric,
        "rows",
        rows,
        "violations",
        violations,
        CANDIDATES,
        candidates);
  }

  private static ExpressionNode passes(
      Expected each, ExpressionNode rows, ExpressionNode violations) {
    if (!each.expectation().hasRowCount()) {
      ExpressionNode expectedRows = rows.minus(violations).cast("DOUBLE");
      return violations
          .equalTo(0L)
          .or(expectedRows.atLeast(rows.cast("DOUBLE").times(each.atLeast())));
    }
    Check.RowCount count = each.expectation().getRowCount();
    ExpressionNode enough = count.hasMin() ? rows.atLeast(count.getMin()) : literal(true);
    return count.hasMax() ? enough.and(rows.atMost(count.getMax())) : enough;
  }
}
