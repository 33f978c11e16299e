package dev.graft.builtin.profile;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.schema.InputColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * How often values and ranges of values come, of all columns in one pass: each row of the input
 * becomes one for each column whose values are counted ({@code t} and its place) and each that has
 * a histogram ({@code h} and its place), and those are counted.
 */
final class Counts {
  /** The column of the result: a map from {@code t0}, {@code h0} and so on. */
  static final String COUNTS = "counts";

  static final String TYPE =
      "MAP<STRING, STRUCT<groups: BIGINT, entries: ARRAY<STRUCT<less: BIGINT, value: STRING>>>>";

  /** Where every value is counted, the most frequent are first sought in so many parts of them. */
  private static final int PARTS = 64;

  private static final String WHAT = "what";
  private static final String VALUE = "value";
  private static final String LESS = "less";
  private static final String PLACE = "place";
  private static final String GROUPS = "groups";
  private static final String ENTRIES = "entries";

  private final InputColumns input;
  private final List<ProfiledColumn> columns;
  private final ProfileOptions options;

  Counts(InputColumns input, List<ProfiledColumn> columns, ProfileOptions options) {
    this.input = input;
    this.columns = List.copyOf(columns);
    this.options = options;
  }

  /** Whether there is nothing to count. */
  boolean isEmpty() {
    return counted().isEmpty();
  }

  /** What was counted of a column; null where nothing was. */
  static ExpressionNode of(String what, ExpressionNode position) {
    return call("try_element_at", column(COUNTS), call("concat", what, position.cast("STRING")));
  }

  /**
   * One row with the column {@link #COUNTS}.
   *
   * @param statistics the row with {@link ProfilePlan#STATISTICS}
   */
  RelationNode row(RelationNode statistics) {
    List<ExpressionNode> counted = counted();
    List<ExpressionNode> names = new ArrayList<>();
    counted.forEach(each -> names.add(column(each.build().getAlias().getName(0))));
    RelationNode each =
        input
            .placed(ProfiledColumn.PREFIX)
            .crossJoin(statistics.hint("broadcast"))
            .select(counted)
            .unpivot(List.of(), names, WHAT, VALUE)
            .filter(column(VALUE).isNotNull())
            .groupBy(column(WHAT), column(VALUE))
            .agg(Aggregates.count().negated().as(LESS));
    return mostFrequent(each)
        .groupBy()
        .agg(
            call(
                    "map_from_entries",
                    call(
                        "collect_list",
                        call(
                            "struct",
                            column(WHAT),
                            call("struct", column(GROUPS), column(ENTRIES)))))
                .as(COUNTS));
  }

  /** A row for each column, with how many values were found and the most frequent of them. */
  private RelationNode mostFrequent(RelationNode each) {
    ExpressionNode part =
        options.exact() ? call("pmod", call("hash", column(VALUE)), PARTS) : literal(0);
    ExpressionNode place =
        Windows.rowNumber()
            .over(
                Windows.partitionBy(column(WHAT), part)
                    .orderBy(column(LESS).asc(), column(VALUE).asc()));
    ExpressionNode entry =
        when(
                column(PLACE).atMost(Math.max(options.topValues(), options.bins())),
                call("struct", column(LESS), column(VALUE)))
            .otherwiseNull();
    return each.select(Nodes.star(), place.as(PLACE))
        .groupBy(column(WHAT))
        .agg(Aggregates.count().as(GROUPS), call("collect_list", entry).as(ENTRIES));
  }

  private List<ExpressionNode> counted() {
    List<ExpressionNode> counted = new ArrayList<>();
    for (int index = 0; index < columns.size(); index++) {
      ProfiledColumn each = columns.get(index);
      ExpressionNode statistics = column(ProfilePlan.STATISTICS).getItem(index);
      if (options.counts() && each.isSimple()) {
        counted.add(text(each, statistics).as("t" + each.column().place()));
      }
      if (options.bins() > 0 && each.isNumber()) {
        Ranges ranges =
            new Ranges(statistics.getField("lower"), statistics.getField("upper"), options.bins());
        counted.add(
            ranges.of(each.value().cast("DOUBLE")).cast("STRING").as("h" + each.column().place()));
      }
    }
    return counted;
  }

  private ExpressionNode text(ProfiledColumn each, ExpressionNode statistics) {
    return options.exact()
        ? each.text()
        : when(statistics.getField("distinct").atMost(options.countUpTo()), each.text())
            .otherwiseNull();
  }
}
