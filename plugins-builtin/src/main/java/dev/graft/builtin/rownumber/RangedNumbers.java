package dev.graft.builtin.rownumber;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.starWithout;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.WindowNode;
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
 * in: Spark may coalesce partitions as it likes, and samples anew what it partitions by range. The
 * bounds are found in a sample; whatever bounds that gave, the numbers are right.
 *
 * <p>The rows are numbered in the same evaluation in which they are counted: the last row of each
 * range, whose number is the count, is repeated for each range behind, where the numbers of these
 * repetitions add up to what lies before. To count by itself would need the input once more, and
 * operations that are put into one another would multiply it by three each time instead of by two.
 */
final class RangedNumbers {
  private static final String PREFIX = "__graft_row_number_";
  private static final String KEY = PREFIX + "key";
  private static final String RANGE = PREFIX + "range";
  private static final String BOUNDS = PREFIX + "bounds";
  private static final String NUMBER = PREFIX + "number";
  private static final String IS_LAST = PREFIX + "is_last";
  private static final String PLACE = PREFIX + "place";
  private static final String BEFORE = PREFIX + "before";

  /** Of each range so many keys are in the sample: enough that ranges differ by a quarter. */
  private static final int SAMPLED = 40;

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
    List<String> temporary =
        new ArrayList<>(List.of(KEY, BOUNDS, RANGE, NUMBER, IS_LAST, PLACE, BEFORE));
    temporary.addAll(search().steps(RANGE));
    for (int place = 0; place < order.size(); place++) {
      String sortedName = PREFIX + "sorted_" + place;
      columns.add(Orders.sorted(order.get(place)).as(sortedName));
      sorted.add(Orders.of(column(sortedName), order.get(place)));
      temporary.add(sortedName);
    }
    RelationNode keyed = input.select(columns).crossJoin(bounds().hint("broadcast"));
    RelationNode numbered = withRowsBefore(inRanges(search().in(keyed, RANGE), sorted));
    ExpressionNode number = column(NUMBER).plus(column(BEFORE)).plus(before);
    String[] dropped = temporary.toArray(String[]::new);
    return isSpark3
        ? numbered.select(star(), number.as(name)).drop(dropped)
        : numbered.select(starWithout(dropped), number.as(name));
  }

  /** Each row with its number in its range, and whether it is the last one there. */
  private static RelationNode inRanges(RelationNode ranged, List<OrderNode> sorted) {
    WindowNode range = Windows.partitionBy(column(RANGE)).orderBy(sorted);
    return ranged.select(
        star(),
        Windows.rowNumber().over(range).as(NUMBER),
        Windows.lead(column(RANGE), 1, null).over(range).isNull().as(IS_LAST));
  }

  /** Each row with the number of rows in the ranges before its own. */
  private RelationNode withRowsBefore(RelationNode inRanges) {
    ExpressionNode hereAndBehind =
        call("sequence", column(RANGE), key.descending() ? 0 : ranges - 1);
    ExpressionNode places =
        when(column(IS_LAST), hereAndBehind).otherwise(call("array", column(RANGE)));
    ExpressionNode isItself = column(PLACE).equalTo(column(RANGE));
    // False comes first: all repetitions, which are added up, and then the rows of the range.
    WindowNode place = Windows.partitionBy(column(PLACE)).orderBy(isItself.asc());
    ExpressionNode repeated = when(isItself, 0L).otherwise(column(NUMBER));
    return inRanges
        .select(star(), call("explode", places).as(PLACE))
        .select(star(), call("sum", repeated).over(place).as(BEFORE))
        .filter(isItself);
  }

  private BinarySearch search() {
    return new BinarySearch(column(KEY), column(BOUNDS), ranges - 1);
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
