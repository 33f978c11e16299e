package dev.graft.builtin.asofjoin;

import static dev.graft.api.node.FrameBound.currentRow;
import static dev.graft.api.node.FrameBound.unbounded;
import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.columnNamed;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.starOf;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.v1.AsOfJoin.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * The join by one sort: both sides under one another, in their order, so that the match of a row is
 * the last one of the right before it. Each row travels as one struct, since a plan for any columns
 * cannot name them.
 */
record SortedSides(Matching matching) {
  private static final String PREFIX = "__graft_as_of_";
  private static final String ON = PREFIX + "on";
  private static final String IS_LEFT = PREFIX + "is_left";
  private static final String LEFT = PREFIX + "left";
  private static final String RIGHT = PREFIX + "right";
  private static final String BEFORE = PREFIX + "before";
  private static final String AFTER = PREFIX + "after";
  private static final String MATCH = PREFIX + "match";

  /** In the struct of the right's columns, what it was compared by. */
  private static final String MATCHED_ON = PREFIX + "matched_on";

  RelationNode join(RelationNode left, RelationNode right) {
    RelationNode matched = matched(left(left).union(right(right)));
    String[] ofTheRight = matching.by().toArray(String[]::new);
    return (matching.outer() ? matched : matched.filter(column(MATCH).isNotNull()))
        .select(column(LEFT), starOf(MATCH))
        // The left's columns of these names are still within the struct.
        .drop(ofTheRight)
        .select(starOf(LEFT), star())
        .drop(LEFT, MATCHED_ON);
  }

  private RelationNode left(RelationNode left) {
    List<ExpressionNode> columns = keys();
    columns.add(matching.leftOn().as(ON));
    columns.add(literal(true).as(IS_LEFT));
    columns.add(call("struct", star()).as(LEFT));
    columns.add(literal(null).as(RIGHT));
    return left.select(columns);
  }

  private RelationNode right(RelationNode right) {
    List<ExpressionNode> columns = keys();
    columns.add(matching.rightOn().as(ON));
    columns.add(literal(false).as(IS_LEFT));
    columns.add(literal(null).as(LEFT));
    columns.add(
        (needsMatchedOn()
                ? call("struct", star(), matching.rightOn().as(MATCHED_ON))
                : call("struct", star()))
            .as(RIGHT));
    ExpressionNode canMatch = column(ON).isNotNull();
    for (int place = 0; place < matching.by().size(); place++) {
      canMatch = canMatch.and(column(key(place)).isNotNull());
    }
    return right.select(columns).filter(canMatch);
  }

  private RelationNode matched(RelationNode both) {
    return switch (matching.direction()) {
      case FORWARD -> leftRows(both, after().as(MATCH)).select(column(LEFT), near(MATCH));
      case NEAREST ->
          leftRows(both, before().as(BEFORE), after().as(AFTER))
              .select(column(LEFT), column(ON), nearer().as(MATCH))
              .select(column(LEFT), near(MATCH));
      default -> leftRows(both, before().as(MATCH)).select(column(LEFT), near(MATCH));
    };
  }

  private static RelationNode leftRows(RelationNode both, ExpressionNode... matches) {
    List<ExpressionNode> columns =
        new ArrayList<>(List.of(column(IS_LEFT), column(LEFT), column(ON)));
    columns.addAll(List.of(matches));
    return both.select(columns).filter(column(IS_LEFT));
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
    List<ExpressionNode> keys = new ArrayList<>();
    for (int place = 0; place < matching.by().size(); place++) {
      keys.add(column(key(place)));
    }
    return call("last", column(RIGHT), true)
        .over(
            Windows.partitionBy(keys).orderBy(order, sides).rowsBetween(unbounded(), currentRow()));
  }

  /** Of equally near ones the one before. */
  private static ExpressionNode nearer() {
    ExpressionNode on = column(ON);
    ExpressionNode beforeIsNearer =
        on.minus(column(BEFORE).getField(MATCHED_ON))
            .atMost(column(AFTER).getField(MATCHED_ON).minus(on));
    return when(column(AFTER).isNull().or(beforeIsNearer), column(BEFORE)).otherwise(column(AFTER));
  }

  /** The match where it is near enough, under its own name. */
  private ExpressionNode near(String match) {
    return matching
        .tolerance()
        .map(
            tolerance -> {
              ExpressionNode on = column(ON);
              ExpressionNode matchedOn = column(match).getField(MATCHED_ON);
              ExpressionNode isNear = matchedOn.between(on.minus(tolerance), on.plus(tolerance));
              return when(isNear, column(match)).otherwiseNull().as(MATCH);
            })
        .orElse(column(match));
  }

  private boolean needsMatchedOn() {
    return matching.tolerance().isPresent() || matching.direction() == Direction.NEAREST;
  }

  private List<ExpressionNode> keys() {
    List<ExpressionNode> keys = new ArrayList<>();
    for (int place = 0; place < matching.by().size(); place++) {
      keys.add(columnNamed(matching.by().get(place)).as(key(place)));
    }
    return keys;
  }

  private static String key(int place) {
    return PREFIX + "by_" + place;
  }
}
