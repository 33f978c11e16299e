package dev.graft.builtin.profile;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.nullOf;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Row;
import dev.graft.api.node.Windows;
import dev.graft.builtin.schema.InputColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How often values and ranges of values come, of all columns at once. Each row of the input becomes
 * one for each column: with the value as text where the column's values are counted, and otherwise
 * with the number of the range that it lies in. Those are counted; ranges of counted values are
 * found afterwards, once for each value and not for each row.
 *
 * <p>What is done for a row is kept short, since the server compiles it to one method for all
 * columns, and Java's compiler leaves methods of more than 8,000 bytes alone, which then take
 * several times as long. {@link #AT_ONCE} columns stay below.
 *
 * <p>Small inputs take as long as the plan itself: columns are added by a selection with a star,
 * since servers analyze all that is below a node that adds or drops columns once more for it; and
 * counts come together in as few steps as they can, since each takes a stage.
 */
final class Counts {
  /** A column of the result: a column's statistics. */
  static final String OF_COLUMN = "of_column";

  /** How many distinct values there are; null where they were not counted. */
  static final String GROUPS = "groups";

  /** The most frequent values, in no order, and perhaps some others. */
  static final String ENTRIES = "entries";

  /** Of an entry: how often it comes, negated, so that the most frequent is the least. */
  static final String LESS = "less";

  /** Of an entry: the value. */
  static final String VALUE = "value";

  /** How many values each range has, by its number; empty ranges are not in it. */
  static final String BINNED = "binned";

  /** How many columns one pass over the input counts, at up to 900 bytes of code each. */
  private static final int AT_ONCE = 8;

  /** Each pass has the statistics of all columns in its plan once more, which takes planning. */
  private static final int MOST_PASSES = 4;

  /** Where every value is counted, the most frequent are first sought in so many parts of them. */
  private static final int PARTS = 64;

  /** So many columns' values are few enough for one task, which saves a shuffle. */
  private static final int FEW = 64;

  private static final String WHAT = "what";
  private static final String TEXT = "text";
  private static final String NUMBER = "number";
  private static final String GUESS = "guess";
  private static final String BIN = "bin";
  private static final String PLACE = "place";

  // One row with an array for all columns: whether its values are counted, and its ranges.
  private static final String COUNTED = "counted";
  private static final String FROM = "range_from";
  private static final String TO = "range_to";
  private static final String PER_UNIT = "ranges_per_unit";
  private static final String EDGES = "range_edges";

  private final InputColumns input;
  private final List<ProfiledColumn> columns;
  private final ProfileOptions options;

  Counts(InputColumns input, List<ProfiledColumn> columns, ProfileOptions options) {
    this.input = input;
    this.columns = List.copyOf(columns);
    this.options = options;
  }

  /**
   * A row for each column, in order: {@link #OF_COLUMN}, {@link #GROUPS}, {@link #ENTRIES} and
   * {@link #BINNED}.
   *
   * @param statistics the row with {@link ProfilePlan#STATISTICS}, an array
   */
  RelationNode rows(RelationNode statistics) {
    List<Integer> indexes = indexes();
    if (indexes.isEmpty()) {
      return statistics.select(
          call("explode", column(ProfilePlan.STATISTICS)).as(OF_COLUMN),
          nullOf("BIGINT").as(GROUPS),
          nullOf("ARRAY<STRUCT<less: BIGINT, value: STRING>>").as(ENTRIES),
          nullOf("MAP<INT, BIGINT>").as(BINNED));
    }
    RelationNode wanted = wanted(statistics);
    int passes = Math.min(MOST_PASSES, (indexes.size() + AT_ONCE - 1) / AT_ONCE);
    RelationNode each =
        IntStream.range(0, passes)
            .mapToObj(
                pass ->
                    indexes.subList(
                        pass * indexes.size() / passes, (pass + 1) * indexes.size() / passes))
            .map(pass -> values(pass, wanted))
            .reduce(RelationNode::union)
            .orElseThrow();
    RelationNode counted =
        each.groupBy(column(WHAT), column(TEXT))
            .agg(Aggregates.count().negated().as(LESS))
            .select(column(WHAT).cast("INT").as(WHAT), column(TEXT), column(LESS));
    return byColumn(withRanges(counted.union(columnsThemselves()), wanted));
  }

  /** A row for each column, with no text: it brings the statistics, and is there without values. */
  private RelationNode columnsThemselves() {
    List<Row> rows =
        IntStream.range(0, columns.size()).mapToObj(index -> Nodes.row(index, null, 0L)).toList();
    return Nodes.rows(WHAT + " INT, " + TEXT + " STRING, " + LESS + " BIGINT", rows).coalesce(1);
  }

  private List<Integer> indexes() {
    List<Integer> indexes = new ArrayList<>();
    for (int index = 0; index < columns.size(); index++) {
      if (isCounted(columns.get(index)) || isBinned(columns.get(index))) {
        indexes.add(index);
      }
    }
    return indexes;
  }

  private boolean isCounted(ProfiledColumn column) {
    return options.counts() && column.isSimple();
  }

  private boolean isBinned(ProfiledColumn column) {
    return options.bins() > 0 && column.isNumber();
  }

  private RelationNode wanted(RelationNode statistics) {
    ExpressionNode all = column(ProfilePlan.STATISTICS);
    List<ExpressionNode> wanted = new ArrayList<>(List.of(star()));
    List<ExpressionNode> withEdges = new ArrayList<>(List.of(star()));
    if (options.counts()) {
      wanted.add(
          Lambdas.transform(
                  all.getField("distinct"),
                  each -> options.exact() ? each.isNotNull() : each.atMost(options.countUpTo()))
              .as(COUNTED));
    }
    if (options.bins() > 0) {
      ExpressionNode lower = all.getField("lower");
      ExpressionNode upper = all.getField("upper");
      wanted.add(
          Lambdas.zipWith(lower, upper, (least, most) -> ranges(least, most).from()).as(FROM));
      wanted.add(Lambdas.zipWith(lower, upper, (least, most) -> ranges(least, most).to()).as(TO));
      withEdges.add(
          Lambdas.zipWith(column(FROM), column(TO), (from, to) -> between(from, to).perUnit())
              .as(PER_UNIT));
      withEdges.add(
          Lambdas.zipWith(column(FROM), column(TO), (from, to) -> between(from, to).edges())
              .as(EDGES));
    }
    return statistics.select(wanted).select(withEdges);
  }

  private Ranges ranges(ExpressionNode least, ExpressionNode most) {
    return Ranges.of(least, most, options.bins());
  }

  private Ranges between(ExpressionNode from, ExpressionNode to) {
    return new Ranges(from, to, options.bins());
  }

  /** A row for each row and column, with the index of the column and a text that is not null. */
  private RelationNode values(List<Integer> indexes, RelationNode wanted) {
    List<ExpressionNode> ofEach = new ArrayList<>();
    List<ExpressionNode> numbers = new ArrayList<>(List.of(star()));
    List<ExpressionNode> guesses = new ArrayList<>(List.of(star()));
    List<ExpressionNode> texts = new ArrayList<>();
    List<ExpressionNode> names = new ArrayList<>();
    for (int index : indexes) {
      ProfiledColumn each = columns.get(index);
      if (isCounted(each)) {
        ofEach.add(call("get", column(COUNTED), index).as(COUNTED + index));
      }
      if (isBinned(each)) {
        for (String array : List.of(FROM, PER_UNIT, EDGES)) {
          ofEach.add(call("get", column(array), index).as(array + index));
        }
        numbers.add(each.value().cast("DOUBLE").as(NUMBER + index));
        guesses.add(
            Ranges.guess(column(NUMBER + index), column(FROM + index), column(PER_UNIT + index))
                .as(GUESS + index));
      }
      texts.add(text(index, each).as(Integer.toString(index)));
      names.add(column(Integer.toString(index)));
    }
    return input
        .placed(ProfiledColumn.PREFIX)
        // Columns, since looking into an array takes more code, and would do so for every row.
        .crossJoin(wanted.select(ofEach).hint("broadcast"))
        .select(numbers)
        .select(guesses)
        .select(texts)
        .unpivot(List.of(), names, WHAT, TEXT)
        .filter(column(TEXT).isNotNull());
  }

  private ExpressionNode text(int index, ProfiledColumn each) {
    ExpressionNode range =
        isBinned(each)
            ? Ranges.corrected(column(NUMBER + index), column(GUESS + index), column(EDGES + index))
                .cast("STRING")
            : nullOf("STRING");
    return isCounted(each) ? when(column(COUNTED + index), each.text()).otherwise(range) : range;
  }

  /**
   * What was counted, with the value or null, and the range or null; a value that is a number has
   * both.
   */
  private RelationNode withRanges(RelationNode counted, RelationNode wanted) {
    ExpressionNode statistics =
        when(column(TEXT).isNull(), call("get", column(ProfilePlan.STATISTICS), column(WHAT)))
            .otherwiseNull()
            .as(OF_COLUMN);
    RelationNode each = counted.crossJoin(wanted.hint("broadcast"));
    List<ExpressionNode> found =
        new ArrayList<>(List.of(column(WHAT), column(LESS), column(OF_COLUMN)));
    if (!options.counts()) {
      return each.select(star(), statistics)
          .select(with(found, nullOf("STRING").as(VALUE), column(TEXT).cast("INT").as(BIN)));
    }
    ExpressionNode isValue = call("coalesce", call("get", column(COUNTED), column(WHAT)), false);
    ExpressionNode value = when(isValue, column(TEXT)).otherwiseNull();
    if (options.bins() == 0) {
      return each.select(star(), statistics)
          .select(with(found, value.as(VALUE), nullOf("INT").as(BIN)));
    }
    ExpressionNode from = call("get", column(FROM), column(WHAT));
    ExpressionNode perUnit = call("get", column(PER_UNIT), column(WHAT));
    ExpressionNode edges = call("get", column(EDGES), column(WHAT));
    ExpressionNode isNumber = column(VALUE).isNotNull().and(from.isNotNull());
    ExpressionNode number = when(isNumber, number(column(VALUE))).otherwiseNull();
    ExpressionNode guess = Ranges.guess(column(NUMBER), from, perUnit);
    ExpressionNode ofValue = Ranges.corrected(column(NUMBER), column(GUESS), edges);
    ExpressionNode bin = when(isValue.not(), column(TEXT).cast("INT")).otherwise(ofValue).as(BIN);
    return each.select(star(), statistics, value.as(VALUE))
        .select(star(), number.as(NUMBER))
        .select(star(), guess.as(GUESS))
        .select(with(found, column(VALUE), bin));
  }

  private static List<ExpressionNode> with(List<ExpressionNode> some, ExpressionNode... others) {
    return Stream.concat(some.stream(), Stream.of(others)).toList();
  }

  /** The number that a text was made of; a FLOAT has fewer digits than a DOUBLE as near to it. */
  private ExpressionNode number(ExpressionNode text) {
    List<Integer> floats = new ArrayList<>();
    for (int index = 0; index < columns.size(); index++) {
      if (columns.get(index).column().type().hasFloat()) {
        floats.add(index);
      }
    }
    ExpressionNode number = text.cast("DOUBLE");
    return floats.isEmpty()
        ? number
        : when(
                call("array_contains", literal(floats), column(WHAT)),
                text.cast("FLOAT").cast("DOUBLE"))
            .otherwise(number);
  }

  private RelationNode byColumn(RelationNode counted) {
    boolean few = !options.exact() && columns.size() <= FEW;
    ExpressionNode part =
        options.exact() ? call("pmod", call("hash", column(VALUE)), PARTS) : literal(0);
    ExpressionNode place =
        Windows.rowNumber()
            .over(
                Windows.partitionBy(column(WHAT), part)
                    .orderBy(column(LESS).asc(), column(VALUE).asc()));
    ExpressionNode isEntry =
        column(VALUE).isNotNull().and(column(PLACE).atMost(options.topValues()));
    ExpressionNode entry =
        when(isEntry, call("struct", column(LESS), column(VALUE))).otherwiseNull();
    ExpressionNode bin =
        when(column(BIN).isNotNull(), call("struct", column(BIN), column(LESS).negated()))
            .otherwiseNull();
    ExpressionNode groups = Aggregates.sum(column(GROUPS));
    ExpressionNode statistics = call("first", column(OF_COLUMN), true).as(OF_COLUMN);
    return (few ? counted.repartition(1) : counted)
        .select(star(), place.as(PLACE))
        .groupBy(column(WHAT), column(BIN))
        .agg(
            statistics,
            Aggregates.sum(column(LESS)).as(LESS),
            Aggregates.count(column(VALUE)).as(GROUPS),
            call("collect_list", entry).as(ENTRIES))
        .coalesce(1)
        .groupBy(column(WHAT))
        .agg(
            statistics,
            when(groups.greaterThan(0L), groups).otherwiseNull().as(GROUPS),
            call("flatten", call("collect_list", column(ENTRIES))).as(ENTRIES),
            call("map_from_entries", call("collect_list", bin)).as(BINNED))
        .sort(column(WHAT).asc());
  }
}
