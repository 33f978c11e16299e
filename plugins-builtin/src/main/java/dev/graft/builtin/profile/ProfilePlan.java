package dev.graft.builtin.profile;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.nullOf;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.builtin.schema.InputColumn;
import dev.graft.builtin.schema.InputColumns;
import java.util.ArrayList;
import java.util.List;

/** The rows of a profile, from its statistics and its counts. */
final class ProfilePlan {
  /** The one column of the one row that holds the statistics of all columns, as an array. */
  static final String STATISTICS = "statistics";

  private static final String FROM = "range_from";
  private static final String TO = "range_to";

  private final InputColumns input;
  private final List<ProfiledColumn> columns;
  private final ProfileOptions options;

  ProfilePlan(InputColumns input, List<InputColumn> columns, ProfileOptions options) {
    this.input = input;
    this.columns = columns.stream().map(ProfiledColumn::new).toList();
    this.options = options;
  }

  RelationNode rows() {
    if (columns.isEmpty()) {
      return Nodes.rows(
          "position INT, column STRING, type STRING, count BIGINT, nulls BIGINT, nans BIGINT,"
              + " distinct BIGINT, distinct_is_exact BOOLEAN, min STRING, max STRING, mean DOUBLE,"
              + " deviation DOUBLE, quantiles ARRAY<STRUCT<probability: DOUBLE, value: STRING>>,"
              + " top_values ARRAY<STRUCT<value: STRING, count: BIGINT>>, histogram"
              + " ARRAY<STRUCT<lower: DOUBLE, upper: DOUBLE, count: BIGINT>>");
    }
    return new Counts(input, columns, options)
        .rows(statistics())
        .select(Nodes.star(), ranges().from().as(FROM), ranges().to().as(TO))
        .select(result());
  }

  /**
   * One row with an array. It is sorted, as it is already, since the optimizer cannot look into
   * that: what each use wants of it is then one and the same, and computed once.
   */
  private RelationNode statistics() {
    return input
        .placed(ProfiledColumn.PREFIX)
        .groupBy()
        .agg(call("sort_array", call("array", statisticsOfEach().toArray())).as(STATISTICS));
  }

  private List<ExpressionNode> statisticsOfEach() {
    List<ExpressionNode> statistics = new ArrayList<>();
    for (ProfiledColumn each : columns) {
      statistics.add(each.statistics(statistics.size(), options));
    }
    return statistics;
  }

  private List<ExpressionNode> result() {
    ExpressionNode groups = column(Counts.GROUPS);
    return List.of(
        field("position").as("position"),
        field("column").as("column"),
        field("type").as("type"),
        field("count").as("count"),
        field("nulls").as("nulls"),
        field("nans").as("nans"),
        call("coalesce", groups, field("distinct")).as("distinct"),
        when(field("distinct").isNotNull(), groups.isNotNull().or(field("distinct").equalTo(0L)))
            .otherwiseNull()
            .as("distinct_is_exact"),
        field("min").as("min"),
        field("max").as("max"),
        field("mean").as("mean"),
        field("deviation").as("deviation"),
        quantiles().as("quantiles"),
        topValues().as("top_values"),
        histogram().as("histogram"));
  }

  private ExpressionNode quantiles() {
    return Lambdas.zipWith(
        literal(options.quantiles()),
        field("quantiles"),
        (probability, value) -> call("struct", probability.as("probability"), value.as("value")));
  }

  private ExpressionNode topValues() {
    if (options.topValues() == 0) {
      return nullOf("ARRAY<STRUCT<value: STRING, count: BIGINT>>");
    }
    ExpressionNode top =
        Lambdas.transform(
            call("slice", call("sort_array", column(Counts.ENTRIES)), 1, options.topValues()),
            entry ->
                call(
                    "struct",
                    entry.getField(Counts.VALUE).as("value"),
                    entry.getField(Counts.LESS).negated().as("count")));
    return when(column(Counts.GROUPS).isNotNull(), top).otherwiseNull();
  }

  private ExpressionNode histogram() {
    if (options.bins() == 0) {
      return nullOf("ARRAY<STRUCT<lower: DOUBLE, upper: DOUBLE, count: BIGINT>>");
    }
    ExpressionNode binned = column(Counts.BINNED);
    Ranges ranges = new Ranges(column(FROM), column(TO), options.bins());
    return when(call("size", binned).greaterThan(0), ranges.counted(binned)).otherwiseNull();
  }

  private Ranges ranges() {
    return Ranges.of(field("lower"), field("upper"), options.bins());
  }

  private static ExpressionNode field(String name) {
    return column(Counts.OF_COLUMN).getField(name);
  }
}
