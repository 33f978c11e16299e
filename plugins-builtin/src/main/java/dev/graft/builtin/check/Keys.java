package dev.graft.builtin.check;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.columnNamed;

import dev.graft.api.node.Aggregates;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.builtin.schema.Conditions;
import dev.graft.builtin.v1.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.connect.proto.Relation;

/** Rules for which rows have to be brought together: unique and foreign keys. */
record Keys(Relation input, Expected expected) {
  /** How many rows violate the rule, and how many samples there are of that. */
  record Found(String violations, String candidates) {}

  private static final String ROWS = "duplicates";
  private static final String KEY = "k";
  private static final String REFERENCE = "f";

  /** One row with both numbers, in columns of these names. */
  RelationNode count(Found found) {
    if (expected.expectation().hasForeignKey()) {
      return orphans(List.of())
          .groupBy()
          .agg(Aggregates.count().as(found.violations), Aggregates.count().as(found.candidates));
    }
    return duplicates()
        .groupBy()
        .agg(
            call("coalesce", Aggregates.sum(column(ROWS)), 0L).as(found.violations),
            Aggregates.count().as(found.candidates));
  }

  /**
   * The rows without a key in the reference, reduced to what is asked for.
   *
   * @param shown expressions on the input
   */
  RelationNode orphans(List<ExpressionNode> shown) {
    Check.ForeignKey foreign = expected.expectation().getForeignKey();
    List<String> names = foreign.getColumnsList();
    List<ExpressionNode> columns = new ArrayList<>(shown);
    columns.addAll(keys(names, KEY));
    List<String> others =
        foreign.getReferenceColumnsCount() == 0 ? names : foreign.getReferenceColumnsList();
    RelationNode reference = Nodes.relation(foreign.getReference()).select(keys(others, REFERENCE));
    return expected
        .rowsOf(input)
        .select(columns)
        .filter(Expected.areGiven(places(names.size(), KEY)))
        .join(reference)
        .anti()
        .on(
            Conditions.all(
                IntStream.range(0, names.size())
                    .mapToObj(place -> column(KEY + place).equalTo(column(REFERENCE + place)))
                    .toList()));
  }

  /** Keys that come several times, as {@code k0} and so on, with the number of their rows. */
  private RelationNode duplicates() {
    List<String> names = expected.expectation().getUnique().getColumnsList();
    List<ExpressionNode> places = places(names.size(), KEY);
    return expected
        .rowsOf(input)
        .select(keys(names, KEY))
        .filter(Expected.areGiven(places))
        .groupBy(places)
        .agg(Aggregates.count().as(ROWS))
        .filter(column(ROWS).greaterThan(1L));
  }

  /** The keys that come several times, as JSON in a column of this name. */
  RelationNode duplicatesAsText(ExpressionNode position, String row, String text) {
    List<String> names = expected.expectation().getUnique().getColumnsList();
    List<ExpressionNode> fields = new ArrayList<>();
    for (int place = 0; place < names.size(); place++) {
      fields.add(column(KEY + place).as(names.get(place)));
    }
    fields.add(column(ROWS));
    return duplicates()
        .select(position, Nodes.literal(null).as(row), Json.of(call("struct", fields)).as(text));
  }

  private static List<ExpressionNode> keys(List<String> names, String prefix) {
    return IntStream.range(0, names.size())
        .mapToObj(place -> columnNamed(names.get(place)).as(prefix + place))
        .toList();
  }

  private static List<ExpressionNode> places(int count, String prefix) {
    return IntStream.range(0, count).mapToObj(place -> column(prefix + place)).toList();
  }
}
