package dev.graft.builtin.rownumber;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.starWithout;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.option.BinarySearch;
import dev.graft.builtin.option.Orders;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that several tasks give at a time: the rows are cut into ranges of their order, each task
 * numbers one, and adds how many rows lie in the ranges before it.
 *
 * <p>A range is a matter of a row's values alone, and not of the partition that it happens to be
 * in: Spark may evaluate the input of a plan several times, coalesce the partitions of one
 * evaluation otherwise than of another, and samples anew what it partitions by range. So the bounds
 * are found once, in a sample, and travel with the counts, in one row, to where rows are numbered;
 * whatever bounds the sample gave, the numbers are right.
 */
final class RangedNumbers {
  private static final String PREFIX = "__graft_row_number_";
  private static final String KEY = PREFIX + "key";
  private static final String RANGE = PREFIX + "range";
  private static final String BOUNDS = PREFIX + "bounds";
  private static final String COUNT = PREFIX + "count";
  private static final String COUNTS = PREFIX + "counts";
  private static final String BEFORE = PREFIX + "before";

  /** Of each range so many keys are in the sample: enough that ranges differ by a quarter. */
  private static final int SAMPLED = 40;

  /** In a number of Spark's monotonically_increasing_id, the bits of the row in its partition. */
  private static final long ROW_IN_PARTITION = (1L << 33) - 1;

  private final RelationNode input;
  private final List<OrderNode> order;
  private final RangeKey key;
  private final int ranges;
  private final boolean isSpark3;

  /**
   * Numbers for the rows of a relation.
   *
   * @param isSpark3 whether the server is; it finds no column of a result by its DataFrame above a
   *     selection of all columns but some, and has no subqueries that a drop would not know yet
   */
  RangedNumbers(RelationNode input, List<OrderNode> order, int ranges, boolean isSpark3) {
    this.input = input;
    this.order = order;
    this.key = RangeKey.of(order);
    this.ranges = ranges;
    this.isSpark3 = isSpark3;
  }

  /** The input with its numbers, of which the first is one more than {@code before}. */
  RelationNode numbered(long before, String name) {
    List<ExpressionNode> columns = new ArrayList<>(List.of(star(), key.expression().as(KEY)));
    List<OrderNode> sorted = new ArrayList<>();
    List<String> temporary = new ArrayList<>(List.of(KEY, BOUNDS, COUNTS, RANGE, BEFORE));
    temporary.addAll(search().steps(RANGE));
    for (int place = 0; place < order.size(); place++) {
      String sortedName = PREFIX + "sorted_" + place;
      columns.add(Orders.sorted(order.get(place)).as(sortedName));
      sorted.add(Orders.of(column(sortedName), order.get(place)));
      temporary.add(sortedName);
    }
    ExpressionNode number =
        Windows.rowNumber()
            .over(Windows.partitionBy(column(RANGE)).orderBy(sorted))
            .plus(column(BEFORE))
            .plus(before);
    RelationNode ranged =
        withRange(input.select(columns).crossJoin(rowsBeforeEachRange().hint("broadcast")))
            .select(star(), call("get", column(COUNTS), column(RANGE)).as(BEFORE));
    String[] dropped = temporary.toArray(String[]::new);
    return isSpark3
        ? ranged.select(star(), number.as(name)).drop(dropped)
        : ranged.select(starWithout(dropped), number.as(name));
  }

  private RelationNode withRange(RelationNode keys) {
    return search().in(keys, RANGE);
  }

  private BinarySearch search() {
    return new BinarySearch(column(KEY), column(BOUNDS), ranges - 1);
  }

  /** One row: the bounds of the ranges, and for each range how many rows lie before it. */
  private RelationNode rowsBeforeEachRange() {
    // The bounds have to come from the evaluation that was counted. One row of each partition
    // brings them along: as a grouping key of all rows they would be hashed for every one.
    ExpressionNode isFirst =
        call("monotonically_increasing_id").bitwiseAnd(ROW_IN_PARTITION).equalTo(0L);
    RelationNode counted =
        withRange(input.select(key.expression().as(KEY)).crossJoin(bounds().hint("broadcast")))
            .select(column(RANGE), when(isFirst, column(BOUNDS)).otherwiseNull().as(BOUNDS))
            .groupBy(column(RANGE), column(BOUNDS))
            .agg(Aggregates.count().as(COUNT));
    ExpressionNode counts = call("collect_list", call("struct", column(RANGE), column(COUNT)));
    ExpressionNode rowsBefore =
        Lambdas.transform(
            call("sequence", 0, ranges - 1),
            range ->
                Lambdas.aggregate(
                    Lambdas.filter(column(COUNTS), each -> isBefore(each.getField(RANGE), range)),
                    literal(0L),
                    (sum, each) -> sum.plus(each.getField(COUNT))));
    return counted
        .groupBy()
        .agg(call("first", column(BOUNDS), true).as(BOUNDS), counts.as(COUNTS))
        .select(column(BOUNDS), rowsBefore.as(COUNTS));
  }

  private ExpressionNode isBefore(ExpressionNode range, ExpressionNode other) {
    return key.descending() ? range.greaterThan(other) : range.lessThan(other);
  }

  /** One row with keys that cut a random sample into ranges of equal size. */
  private RelationNode bounds() {
    ExpressionNode keys = call("sort_array", call("collect_list", column(KEY)));
    ExpressionNode size = call("size", column(KEY));
    ExpressionNode bounds =
        Lambdas.transform(
            call("sequence", 1, ranges - 1),
            range -> call("get", column(KEY), call("div", range.times(size), ranges).cast("INT")));
    return input
        .select(key.expression().as(KEY))
        .sort(call("rand", 0L).asc())
        .limit(SAMPLED * ranges)
        .groupBy()
        .agg(keys.as(KEY))
        .select(bounds.as(BOUNDS));
  }
}
