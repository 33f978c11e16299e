package dev.graft.builtin.rownumber;

import static dev.graft.api.node.Nodes.star;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.option.Orders;
import dev.graft.builtin.v1.RowNumber;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** Consecutive numbers over the whole dataset, given by one task or by several at a time. */
public final class RowNumberPlugin implements RelationPlugin<RowNumber> {
  private static final String COLUMN = "row_number";
  private static final int TASKS = 64;
  private static final int MOST_TASKS = 1_024;

  @Override
  public Class<RowNumber> messageType() {
    return RowNumber.class;
  }

  @Override
  public Optional<Relation> transform(RowNumber rowNumber, PlanningContext context) {
    int tasks = rowNumber.getTasks() == 0 ? TASKS : rowNumber.getTasks();
    check(rowNumber, tasks);
    RelationNode input = Nodes.relation(rowNumber.getInput());
    List<OrderNode> order = Orders.of(rowNumber.getOrderByList());
    String column = rowNumber.getColumn().isEmpty() ? COLUMN : rowNumber.getColumn();
    // The window counts from 1.
    long before = rowNumber.hasStart() ? rowNumber.getStart() - 1 : 0;
    RelationNode numbered =
        tasks == 1
            ? inOneTask(input, order, before, column)
            : new RangedNumbers(input, order, tasks, !context.connectIsAtLeast(4, 0))
                .numbered(before, column);
    return Optional.of(numbered.build());
  }

  private static RelationNode inOneTask(
      RelationNode input, List<OrderNode> order, long before, String column) {
    ExpressionNode number =
        Windows.rowNumber().over(Windows.partitionBy().orderBy(order)).plus(before);
    return input.select(star(), number.as(column));
  }

  private static void check(RowNumber rowNumber, int tasks) {
    OptionCheck check = OptionCheck.of(rowNumber);
    check.given(rowNumber.hasInput(), "input", "Give the DataFrame whose rows to number");
    check.notEmpty(
        rowNumber.getOrderByList(),
        "order_by",
        "Give the columns to sort by; where any distinct numbers will do,"
            + " monotonically_increasing_id() gives them without a sort");
    check.between(tasks, 1, MOST_TASKS, "tasks");
    // As far from the end as there can be rows, so that no number overflows.
    check.between(rowNumber.getStart(), -(1L << 62), 1L << 62, "start");
  }
}
