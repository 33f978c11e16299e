package com.acme.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.frames.v1.About;
import com.acme.frames.v1.AboutReply;
import com.acme.frames.v1.Mask;
import com.acme.frames.v1.Publish;
import com.acme.frames.v1.Remark;
import com.acme.frames.v1.Summarize;
import com.acme.frames.v1.TopK;
import dev.graft.api.CommandResult;
import dev.graft.api.node.Nodes;
import dev.graft.spi.PlanningException;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

class FramesPluginsTest {
  private static final Relation ORDERS = Nodes.table("orders").build();

  private static TopK.Builder topK() {
    return TopK.newBuilder().setInput(ORDERS).addBy("customer").setOrderBy("amount").setK(3);
  }

  @Test
  void topKNumbersTheRowsOfEachGroupAndKeepsTheFirst() {
    Relation result =
        new TopKPlugin()
            .transform(topK().setDescending(true).build(), TestHost.context())
            .orElseThrow();

    Relation numbered = result.getDrop().getInput().getFilter().getInput();
    Expression.Window window =
        numbered.getWithColumns().getAliases(0).getExpr().getWindow();
    assertThat(numbered.getWithColumns().getInput()).isEqualTo(ORDERS);
    assertThat(window.getPartitionSpecList())
        .containsExactly(Nodes.columnNamed("customer").build());
    assertThat(window.getOrderSpecList())
        .containsExactly(Nodes.columnNamed("amount").desc().build());
  }

  @Test
  void topKSaysWhatIsMissing() {
    assertThatThrownBy(
            () -> new TopKPlugin().transform(topK().setK(0).build(), TestHost.context()))
        .isInstanceOf(PlanningException.class)
        .hasMessage("TopK.k is 0. Give 1 or more.");
    assertThatThrownBy(
            () -> new TopKPlugin().transform(topK().clearInput().build(), TestHost.context()))
        .hasMessage("TopK has no input. Set the relation to take rows from.");
    assertThatThrownBy(
            () -> new TopKPlugin().transform(topK().clearOrderBy().build(), TestHost.context()))
        .hasMessage("TopK.order_by is empty. Name the column that ranks the rows.");
  }

  @Test
  void maskIsPutTogetherFromStandardFunctions() {
    Expression phone = Nodes.column("phone").build();

    Expression result =
        new MaskPlugin()
            .transform(Mask.newBuilder().setInput(phone).setKeep(4).build(), TestHost.context())
            .orElseThrow();

    assertThat(result.getUnresolvedFunction().getFunctionName()).isEqualTo("concat");
    assertThat(result.toString()).contains("repeat", "right", "char_length");
    assertThatThrownBy(
            () ->
                new MaskPlugin()
                    .transform(
                        Mask.newBuilder().setInput(phone).setKeep(-1).build(),
                        TestHost.context()))
        .hasMessage("Mask.keep is -1. Give 0 or more.");
  }

  @Test
  void theFourWaysToAnswerACommand() {
    assertThat(
            new SummarizePlugin()
                .execute(
                    Summarize.newBuilder().setInput(ORDERS).setColumn("amount").build(),
                    TestHost.context()))
        .hasValueSatisfying(
            result -> assertThat(result).isInstanceOf(CommandResult.Rows.class));
    assertThat(
            new PublishPlugin()
                .execute(
                    Publish.newBuilder().setInput(ORDERS).setView("o").build(),
                    TestHost.context()))
        .hasValueSatisfying(
            result -> assertThat(result).isInstanceOf(CommandResult.Commands.class));
    assertThat(new AboutPlugin().execute(About.getDefaultInstance(), TestHost.context()))
        .hasValue(
            CommandResult.message(
                AboutReply.newBuilder().setHost("test").setConnectVersion("4.2.0").build()));
    assertThat(
            new RemarkPlugin()
                .execute(Remark.newBuilder().setText("hello").build(), TestHost.context()))
        .hasValue(CommandResult.nothing());
  }
}
