package dev.graft.builtin.rownumber;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.Nodes;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.v1.RowNumber;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

@WithPlugins(RowNumberPlugin.class)
class RowNumberPluginTest {
  private static final Relation ORDERS = Nodes.table("orders").build();

  private static RowNumber.Builder rowNumber() {
    return RowNumber.newBuilder().setInput(ORDERS).addOrderBy(Nodes.column("day").build());
  }

  @Test
  void severalTasksNumberRangesWhoseBoundsAreFoundOnce(Graft graft) {
    Relation plan = graft.lower(rowNumber().setTasks(4).build()).relation();

    String text = plan.toString();
    assertThat(text.split("unparsed_identifier: \"orders\"", -1)).as("evaluations").hasSize(4);
    assertThat(text.split("function_name: \"rand\"", -1)).as("samples").hasSize(2);
    Expression.Window window = numberOf(plan);
    assertThat(window.getPartitionSpecList()).hasSize(1);
  }

  @Test
  void oneTaskNumbersAllRowsInOneEvaluation(Graft graft) {
    Relation plan =
        graft.lower(rowNumber().setTasks(1).setColumn("n").setStart(5).build()).relation();

    assertThat(plan.getProject().getInput()).isEqualTo(ORDERS);
    assertThat(plan.getProject().getExpressions(1).getAlias().getName(0)).isEqualTo("n");
    Expression number = plan.getProject().getExpressions(1).getAlias().getExpr();
    assertThat(number)
        .isEqualTo(
            Windows.rowNumber().over(Windows.orderBy(Nodes.column("day").asc())).plus(4L).build());
  }

  private static Expression.Window numberOf(Relation numbered) {
    Expression sum = numbered.getProject().getExpressions(1).getAlias().getExpr();
    while (!sum.hasWindow()) {
      sum = sum.getUnresolvedFunction().getArguments(0);
    }
    return sum.getWindow();
  }

  @Test
  void optionsAreCheckedBeforeAnythingElse(Graft graft) {
    graft
        .refused(rowNumber().clearInput().build())
        .saying("RowNumber.input is not given. Give the DataFrame whose rows to number.");
    graft
        .refused(rowNumber().clearOrderBy().build())
        .saying(
            "RowNumber.order_by is empty. Give the columns to sort by; where any distinct numbers"
                + " will do, monotonically_increasing_id() gives them without a sort.");
    graft
        .refused(rowNumber().setTasks(2_000).build())
        .saying("RowNumber.tasks is 2000. Give 1 to 1024.");
  }

  @Test
  void rangesFollowTheOrderAsFarAsItsDirectionStaysTheSame() {
    OrderNode a = Nodes.column("a").desc();
    OrderNode b = Nodes.column("b").desc().nullsFirst();
    OrderNode c = Nodes.column("c").asc();

    RangeKey key = RangeKey.of(List.of(a, b, c, a));

    assertThat(key.descending()).isTrue();
    assertThat(key.expression().build().getUnresolvedFunction().getArgumentsList())
        .extracting(field -> field.getAlias().getExpr())
        .containsExactly(column("a"), Nodes.column("b").isNull().build(), column("b"));
  }

  private static Expression column(String name) {
    return Nodes.column(name).build();
  }
}
