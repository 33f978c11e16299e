package dev.graft.builtin.check;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.nullOf;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.schema.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/**
 * Some of the violations of each expectation. Violations are joined with the counts of them, so
 * that none are looked for where there are none, and of many only a part is kept, which is some
 * twenty times as many as wanted.
 *
 * @param columns those that are shown; all where it is empty
 * @param most how many of each expectation; at least 1
 */
record Samples(Relation input, List<Expected> expected, List<String> columns, int most) {
  /** The position of the expectation that a sample is of. */
  static final String OF = "of";

  private static final String ROW = "row";
  private static final String TEXT = "text";
  private static final String PLACE = "place";
  private static final String SAMPLE = "sample";
  private static final int KEPT_FOR_EACH = 20;
  private static final long SEED = 42;

  Samples {
    expected = List.copyOf(expected);
    columns = List.copyOf(columns);
  }

  /**
   * A row for each expectation that is violated, with its samples in the column {@code sample}.
   *
   * @param found the counts
   */
  RelationNode of(RelationNode found) {
    Optional<RelationNode> violations = violations();
    if (violations.isEmpty()) {
      return Nodes.rows("of INT, sample ARRAY<STRING>");
    }
    ExpressionNode candidates = column(Metrics.CANDIDATES);
    long kept = (long) KEPT_FOR_EACH * (most + 1);
    RelationNode violated =
        found
            .filter(candidates.greaterThan(0L))
            .select(column(Metrics.POSITION), candidates)
            .hint("broadcast");
    ExpressionNode place =
        Windows.rowNumber().over(Windows.partitionBy(column(OF)).orderBy(column(TEXT).asc()));
    return violations
        .get()
        .join(violated)
        .on(column(OF).equalTo(column(Metrics.POSITION)))
        .filter(candidates.atMost(kept).or(call("rand", SEED).times(candidates).lessThan(kept)))
        .select(column(OF), call("coalesce", column(TEXT), Json.of(column(ROW))).as(TEXT))
        .select(star(), place.as(PLACE))
        .filter(column(PLACE).atMost(most))
        .groupBy(column(OF))
        .agg(call("sort_array", call("collect_list", column(TEXT))).as(SAMPLE));
  }

  /** All violations: which expectation, and the row, or the text instead of it. */
  private Optional<RelationNode> violations() {
    List<RelationNode> parts = new ArrayList<>();
    List<Expected> ofRows = expected.stream().filter(Expected::isOfRows).toList();
    if (!ofRows.isEmpty()) {
      parts.add(ofRows(ofRows));
    }
    for (Expected each : expected) {
      Keys keys = new Keys(input, each);
      ExpressionNode position = literal(each.position()).as(OF);
      if (each.expectation().hasForeignKey()) {
        parts.add(
            keys.orphans(List.of(shown().as(ROW)))
                .select(position, column(ROW), nullOf("STRING").as(TEXT)));
      } else if (each.expectation().hasUnique()) {
        parts.add(keys.duplicatesAsText(position, ROW, TEXT));
      }
    }
    return parts.stream().reduce(RelationNode::union);
  }

  private RelationNode ofRows(List<Expected> ofRows) {
    List<Object> violated = new ArrayList<>();
    ofRows.forEach(each -> violated.add(when(each.isViolated(), each.position()).otherwiseNull()));
    ExpressionNode any = Conditions.any(ofRows.stream().map(Expected::isViolated).toList());
    return Nodes.relation(input)
        .filter(any)
        .select(call("explode", literal(violated)).as(OF), shown().as(ROW))
        .filter(column(OF).isNotNull())
        .select(column(OF), column(ROW), nullOf("STRING").as(TEXT));
  }

  private ExpressionNode shown() {
    return columns.isEmpty() ? call("struct", star()) : call("struct", Expected.named(columns));
  }
}
