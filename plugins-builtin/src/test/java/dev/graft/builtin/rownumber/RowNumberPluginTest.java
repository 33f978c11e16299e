package dev.graft.builtin.rownumber;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.graft.api.Messages;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.v1.RowNumber;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import java.util.List;
import java.util.Map;
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
    assertThat(text.split("unparsed_identifier: \"orders\"", -1)).as("evaluations").hasSize(3);
    assertThat(text.split("function_name: \"rand\"", -1)).as("samples").hasSize(2);
    // The number in the range and whether it is the last, and the rows before the range.
    assertThat(text.split("window \\{", -1)).as("windows").hasSize(4);
  }

  @Test
  void oneInAnotherDoublesWhatIsPlannedAndNoMore(Graft graft) {
    Relation nested = ORDERS;
    long before = 0;
    for (int depth = 1; depth <= 6; depth++) {
      RowNumber message = rowNumber().setInput(nested).build();
      byte[] lowered = graft.lower(message).bytes();
      long nodes = nodes(parsed(lowered));

      assertThat(nodes).as("nodes of %d in one another", depth).isLessThan(2 * before + 200);
      before = nodes;
      nested = Relation.newBuilder().setExtension(Any.pack(message)).build();
    }
  }

  private static Relation parsed(byte[] relation) {
    return Messages.parse(ByteString.copyFrom(relation), Relation.parser(), "Relation");
  }

  private static long nodes(Message message) {
    long nodes = message instanceof Relation || message instanceof Expression ? 1 : 0;
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        List<?> children =
            field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue());
        for (Object child : children) {
          nodes += nodes((Message) child);
        }
      }
    }
    return nodes;
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
