package dev.graft.api.node;

import java.util.ArrayList;
import java.util.List;

/**
 * A row that stands in a plan, see {@link Nodes#rows}.
 *
 * @param values one expression for each column, in order; at least one
 */
public record Row(List<ExpressionNode> values) {
  public Row {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A row has no values. Give one for each column.");
    }
  }

  /**
   * Rows without Arrow. A local relation's rows are Arrow data, which a plugin has no library for;
   * so one row of a range carries an array of structs that {@code inline} spreads out. Each struct
   * is cast by itself, because the columns of two rows need not have a type in common.
   */
  static RelationNode inline(String schema, List<Row> rows) {
    int columns = rows.get(0).values().size();
    List<ExpressionNode> structs = new ArrayList<>(rows.size());
    for (Row row : rows) {
      if (row.values().size() != columns) {
        throw new IllegalArgumentException(
            "Row "
                + structs.size()
                + " has "
                + row.values().size()
                + " values and the first row has "
                + columns
                + ". Give every row one value for each column of the schema '"
                + schema
                + "'.");
      }
      structs.add(row.struct().cast("STRUCT<" + schema + ">"));
    }
    return Nodes.range(1).select(Nodes.call("inline", Nodes.call("array", structs)));
  }

  private ExpressionNode struct() {
    List<ExpressionNode> namesAndValues = new ArrayList<>(2 * values.size());
    for (int i = 0; i < values.size(); i++) {
      namesAndValues.add(Nodes.literal("column" + i));
      namesAndValues.add(values.get(i));
    }
    return Nodes.call("named_struct", namesAndValues);
  }
}
