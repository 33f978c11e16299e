package dev.graft.builtin.asofjoin;

import static dev.graft.api.node.FrameBound.currentRow;
import static dev.graft.api.node.FrameBound.unbounded;
import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.schema.InputColumn;
import dev.graft.builtin.schema.InputColumns;
import dev.graft.builtin.v1.AsOfJoin.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The join by one sort: both sides under one another, in their order, so that the match of a row is
 * the last one of the right before it. A row of the left keeps its columns, and one of the right
 * has its own in a struct, since one value is found faster than many.
 */
final class SortedSides {
  private static final String LEFT = "l";
  private static final String RIGHT = "r";
  private static final String KEY = "by";
  private static final String ON = "on";
  private static final String IS_LEFT = "is_left";
  private static final String RIGHT_ROW = "right_row";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final String MATCH = "match";

  /** In the struct of the right's columns, what it was compared by. */
  private static final String MATCHED_ON = "matched_on";

  private final Matching matching;
  private final InputColumns left;
  private final InputColumns right;
  private final List<Key> keys;

  /**
   * Of these sides.
   *
   * @param keys the columns that {@link Matching#by} names
   */
  SortedSides(Matching matching, InputColumns left, InputColumns right, List<Key> keys) {
    this.matching = matching;
    this.left = left;
    this.right = right;
    this.keys = List.copyOf(keys);
  }

  RelationNode join() {
    RelationNode matched = matched(leftRows().union(rightRows()));
    List<ExpressionNode> result = new ArrayList<>();
    left.all().forEach(each -> result.add(each.in(LEFT).as(each.name())));
    ofTheRight()
        .forEach(each -> result.add(column(MATCH).getField(RIGHT + each.place()).as(each.name())));
    return (matching.outer() ? matched : matched.filter(column(MATCH).isNotNull())).select(result);
  }

  /** The columns of the right that the result has. */
  private List<InputColumn> ofTheRight() {
    return right.all().stream()
        .filter(each -> keys.stream().noneMatch(key -> key.right().equals(each)))
        .toList();
  }

  private RelationNode leftRows() {
    List<ExpressionNode> columns = new ArrayList<>(ofTheLeft());
    for (Key key : keys) {
      if (!key.isOfOneType()) {
        columns.add(key.left().in(LEFT).as(nameOf(key)));
      }
    }
    columns.add(column(ON));
    columns.add(literal(true).as(IS_LEFT));
    columns.add(literal(null).as(RIGHT_ROW));
    return left.placed(LEFT, matching.leftOn(), ON).select(columns);
  }

  private RelationNode rightRows() {
    List<ExpressionNode> columns = new ArrayList<>();
    for (InputColumn each : left.all()) {
      columns.add(
          keys.stream()
              .filter(key -> key.isOfOneType() && key.left().equals(each))
              .findFirst()
              .map(key -> key.right().in(RIGHT))
              .orElse(literal(null))
              .as(LEFT + each.place()));
    }
    ExpressionNode canMatch = column(ON).isNotNull();
    for (Key key : keys) {
      canMatch = canMatch.and(key.right().in(RIGHT).isNotNull());
      if (!key.isOfOneType()) {
        columns.add(key.right().in(RIGHT).as(nameOf(key)));
      }
    }
    columns.add(column(ON));
    columns.add(literal(false).as(IS_LEFT));
    columns.add(call("struct", inStruct().toArray()).as(RIGHT_ROW));
    return right.placed(RIGHT, matching.rightOn(), ON).filter(canMatch).select(columns);
  }

  private List<ExpressionNode> inStruct() {
    List<ExpressionNode> fields = new ArrayList<>();
    ofTheRight().forEach(each -> fields.add(each.in(RIGHT)));
    // A struct needs a field, and a match is told from none by it.
    if (fields.isEmpty()
        || matching.tolerance().isPresent()
        || matching.direction() == Direction.NEAREST) {
      fields.add(column(ON).as(MATCHED_ON));
    }
    return fields;
  }

  private List<ExpressionNode> ofTheLeft() {
    return left.all().stream().map(each -> each.in(LEFT)).toList();
  }

  /** The name of the column that has the key of both sides. */
  private static String nameOf(Key key) {
    return (key.isOfOneType() ? LEFT : KEY) + key.left().place();
  }

  private RelationNode matched(RelationNode both) {
    return switch (matching.direction()) {
      case FORWARD -> matched(both, after().as(MATCH));
      case NEAREST -> matched(both, before().as(BEFORE), after().as(AFTER));
      default -> matched(both, before().as(MATCH));
    };
  }

  private RelationNode matched(RelationNode both, ExpressionNode... found) {
    List<ExpressionNode> others = new ArrayList<>(List.of(column(ON), column(IS_LEFT)));
    others.addAll(List.of(found));
    RelationNode rows = both.select(withTheLeft(others)).filter(column(IS_LEFT));
    if (found.length > 1) {
      rows = rows.select(withTheLeft(List.of(column(ON), nearer().as(MATCH))));
    }
    return rows.select(withTheLeft(List.of(near().as(MATCH))));
  }

  private List<ExpressionNode> withTheLeft(List<ExpressionNode> others) {
    return Stream.concat(ofTheLeft().stream(), others.stream()).toList();
  }

  /** The last row of the right, seen from the beginning. */
  private ExpressionNode before() {
    return lastSeen(column(ON).asc());
  }

  /** The last row of the right, seen from the end; rows without a value are there before all. */
  private ExpressionNode after() {
    return lastSeen(column(ON).desc().nullsFirst());
  }

  private ExpressionNode lastSeen(OrderNode order) {
    // Of rows that are equal, those that may match come before the one that looks for them.
    OrderNode sides = matching.exact() ? column(IS_LEFT).asc() : column(IS_LEFT).desc();
    List<ExpressionNode> by = keys.stream().map(key -> column(nameOf(key))).toList();
    return call("last", column(RIGHT_ROW), true)
        .over(Windows.partitionBy(by).orderBy(order, sides).rowsBetween(unbounded(), currentRow()));
  }

  /** Of equally near ones the one before. */
  private static ExpressionNode nearer() {
    ExpressionNode on = column(ON);
    ExpressionNode beforeIsNearer =
        on.minus(column(BEFORE).getField(MATCHED_ON))
            .atMost(column(AFTER).getField(MATCHED_ON).minus(on));
    return when(column(AFTER).isNull().or(beforeIsNearer), column(BEFORE)).otherwise(column(AFTER));
  }

  /** The match where it is near enough. */
  private ExpressionNode near() {
    ExpressionNode match = column(MATCH);
    return matching
        .tolerance()
        .map(
            tolerance -> {
              ExpressionNode on = column(ON);
              ExpressionNode isNear =
                  match.getField(MATCHED_ON).between(on.minus(tolerance), on.plus(tolerance));
              return when(isNear, match).otherwiseNull();
            })
        .orElse(match);
  }
}
