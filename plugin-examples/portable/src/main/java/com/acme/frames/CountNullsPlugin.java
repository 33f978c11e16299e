package com.acme.frames;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.columnNamed;

import com.acme.frames.v1.CountNulls;
import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Relation;

/**
 * How many nulls each column has, counted in one pass. The plan has a part for each column, so the
 * plugin asks for the schema of its input.
 */
public final class CountNullsPlugin implements RelationPlugin<CountNulls> {
  @Override
  public Class<CountNulls> messageType() {
    return CountNulls.class;
  }

  @Override
  public Optional<Relation> transform(CountNulls message, PlanningContext context) {
    if (!message.hasInput()) {
      throw new PlanningException(
          "CountNulls has no input. Set the relation whose nulls are to be counted.");
    }
    List<DataType.StructField> columns = context.schema(message.getInput()).getFieldsList();
    if (columns.isEmpty()) {
      return Optional.of(Nodes.rows("column string, nulls bigint").build());
    }
    // By their places: two columns may have one name, and a name may hold anything.
    String[] places = new String[columns.size()];
    List<ExpressionNode> counts = new ArrayList<>();
    List<ExpressionNode> rows = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      places[i] = "c" + i;
      ExpressionNode place = columnNamed(places[i]);
      counts.add(call("count_if", place.isNull()).as(places[i]));
      rows.add(call("named_struct", "column", columns.get(i).getName(), "nulls", place));
    }
    return Optional.of(
        Nodes.relation(message.getInput())
            .toDF(places)
            .groupBy()
            .agg(counts)
            .select(call("inline", call("array", rows)))
            .build());
  }
}
