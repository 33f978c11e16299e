package dev.graft.api.catalog;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.range;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.RelationNode;
import dev.graft.catalog.v1.ServerStatus;
import dev.graft.spi.PlanningException;
import dev.graft.spi.StatusTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** Answers {@code graft.v1.ServerStatus} with the rows of one of the server's tables. */
public final class ServerStatusPlugin implements RelationPlugin<ServerStatus> {
  @Override
  public Class<ServerStatus> messageType() {
    return ServerStatus.class;
  }

  @Override
  public Optional<Relation> transform(ServerStatus request, PlanningContext context) {
    StatusTable table = context.status(name(request));
    if (table.columns().isEmpty()) {
      throw new PlanningException("This server does not tell its " + table.name() + ".");
    }
    RelationNode rows =
        table.rows().isEmpty()
            ? rows(table.columns(), List.of(nothing(table.columns()))).limit(0) // keeps the columns
            : rows(table.columns(), table.rows());
    return Optional.of(rows.build());
  }

  private static String name(ServerStatus request) {
    return switch (request.getTable()) {
      case TABLE_UNSPECIFIED, PLUGINS -> "plugins";
      case REFUSED, FAILURES -> request.getTable().name().toLowerCase(Locale.ROOT);
      case UNRECOGNIZED ->
          throw new PlanningException(
              "This server has no table number "
                  + request.getTableValue()
                  + ": its Graft is older than the client's. Ask for PLUGINS, REFUSED or FAILURES.");
    };
  }

  private static List<Object> nothing(List<StatusTable.Column> columns) {
    return columns.stream()
        .<Object>map(
            column ->
                switch (column.type()) {
                  case TEXT -> "";
                  case COUNT, BYTES -> 0L;
                  case MILLISECONDS -> 0.0;
                  case TIME -> Instant.EPOCH;
                })
        .toList();
  }

  /** Literals in an array of structs, as {@link ListExtensionsPlugin} has them. */
  private static RelationNode rows(List<StatusTable.Column> columns, List<List<Object>> rows) {
    List<ExpressionNode> structs = rows.stream().map(row -> struct(columns, row)).toList();
    return range(1).select(call("inline", call("array", structs)));
  }

  private static ExpressionNode struct(List<StatusTable.Column> columns, List<Object> row) {
    List<Object> namesAndValues = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      namesAndValues.add(columns.get(i).name());
      namesAndValues.add(row.get(i));
    }
    return call("named_struct", namesAndValues.toArray());
  }
}
