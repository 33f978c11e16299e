package dev.graft.builtin.diff;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.RelationNode;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.schema.Conditions;
import dev.graft.builtin.schema.InputColumns;
import java.util.ArrayList;
import java.util.List;

/** The join of both sides, and what is made of each pair of rows. */
final class DiffPlan {
  private static final String LEFT = "l";
  private static final String RIGHT = "r";
  private static final String IN_LEFT = "in_left";
  private static final String IN_RIGHT = "in_right";

  private final DiffOptions options;
  private final MatchedColumns columns;
  private final Comparisons comparisons;
  private final OptionCheck check;

  DiffPlan(
      DiffOptions options, MatchedColumns columns, Comparisons comparisons, OptionCheck check) {
    this.options = options;
    this.columns = columns;
    this.comparisons = comparisons;
    this.check = check;
  }

  RelationNode rows() {
    ResultColumns result = new ResultColumns(columns.dependOnCase(), check);
    result.add(options.diffColumn(), action());
    if (!options.changeColumn().isEmpty()) {
      result.add(options.changeColumn(), changes());
    }
    for (MatchedColumns.Pair id : columns.ids()) {
      result.add(id.left().name(), call("coalesce", left(id), right(id)));
    }
    switch (options.mode()) {
      case SIDE_BY_SIDE -> sideBySide(result);
      case LEFT_SIDE -> valuesOfLeft(result, "");
      case RIGHT_SIDE -> valuesOfRight(result, "");
      default -> columnByColumn(result);
    }
    return joined().select(result.all());
  }

  private RelationNode joined() {
    RelationNode left = side(columns.left(), LEFT, IN_LEFT);
    RelationNode right = side(columns.right(), RIGHT, IN_RIGHT);
    return left.join(right)
        .full()
        .on(Conditions.all(columns.ids().stream().map(this::sameId).toList()));
  }

  private static RelationNode side(InputColumns side, String prefix, String flag) {
    return side.placed(prefix).select(star(), literal(true).as(flag));
  }

  private ExpressionNode sameId(MatchedColumns.Pair id) {
    return SameId.of(id.left(), left(id), id.right(), right(id));
  }

  private ExpressionNode action() {
    ExpressionNode unchanged = literal(options.unchanged());
    return when(column(IN_LEFT).isNull(), options.inserted())
        .when(column(IN_RIGHT).isNull(), options.deleted())
        .otherwise(
            columns.values().isEmpty()
                ? unchanged
                : when(
                        Conditions.all(columns.values().stream().map(this::same).toList()),
                        unchanged)
                    .otherwise(options.changed()));
  }

  private ExpressionNode changes() {
    List<Object> names = new ArrayList<>();
    columns
        .values()
        .forEach(pair -> names.add(when(same(pair).not(), pair.left().name()).otherwiseNull()));
    ExpressionNode changed = call("array_compact", literal(names)).cast("ARRAY<STRING>");
    return when(column(IN_LEFT).isNotNull().and(column(IN_RIGHT).isNotNull()), changed)
        .otherwiseNull();
  }

  private void columnByColumn(ResultColumns result) {
    for (MatchedColumns.Pair pair : columns.values()) {
      addLeft(result, pair, prefix(options.leftPrefix()));
      addRight(result, pair, prefix(options.rightPrefix()));
    }
    for (MatchedColumns.Ignored ignored : columns.ignored()) {
      addLeft(result, ignored, prefix(options.leftPrefix()));
      addRight(result, ignored, prefix(options.rightPrefix()));
    }
  }

  private void sideBySide(ResultColumns result) {
    valuesOfLeft(result, prefix(options.leftPrefix()));
    valuesOfRight(result, prefix(options.rightPrefix()));
  }

  private void valuesOfLeft(ResultColumns result, String prefix) {
    columns.values().forEach(pair -> addLeft(result, pair, prefix));
    columns.ignored().forEach(ignored -> addLeft(result, ignored, prefix));
  }

  private void valuesOfRight(ResultColumns result, String prefix) {
    columns.values().forEach(pair -> addRight(result, pair, prefix));
    columns.ignored().forEach(ignored -> addRight(result, ignored, prefix));
  }

  private void addLeft(ResultColumns result, MatchedColumns.Pair pair, String prefix) {
    result.add(prefix + pair.left().name(), shown(left(pair), pair));
  }

  private void addRight(ResultColumns result, MatchedColumns.Pair pair, String prefix) {
    result.add(prefix + pair.right().name(), shown(right(pair), pair));
  }

  private static void addLeft(ResultColumns result, MatchedColumns.Ignored column, String prefix) {
    column.left().ifPresent(left -> result.add(prefix + left.name(), left.in(LEFT)));
  }

  private static void addRight(ResultColumns result, MatchedColumns.Ignored column, String prefix) {
    column.right().ifPresent(right -> result.add(prefix + right.name(), right.in(RIGHT)));
  }

  private ExpressionNode shown(ExpressionNode value, MatchedColumns.Pair pair) {
    return options.sparse() ? when(same(pair).not(), value).otherwiseNull() : value;
  }

  private ExpressionNode same(MatchedColumns.Pair pair) {
    return comparisons.areEqual(pair, left(pair), right(pair));
  }

  private static ExpressionNode left(MatchedColumns.Pair pair) {
    return pair.left().in(LEFT);
  }

  private static ExpressionNode right(MatchedColumns.Pair pair) {
    return pair.right().in(RIGHT);
  }

  private static String prefix(String word) {
    return word + "_";
  }
}
