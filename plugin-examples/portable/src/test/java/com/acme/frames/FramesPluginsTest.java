package com.acme.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.frames.v1.About;
import com.acme.frames.v1.AboutReply;
import com.acme.frames.v1.CountNulls;
import com.acme.frames.v1.Mask;
import com.acme.frames.v1.Publish;
import com.acme.frames.v1.Remark;
import com.acme.frames.v1.Summarize;
import com.acme.frames.v1.TopK;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.api.node.Nodes;
import dev.graft.testkit.Graft;
import dev.graft.testkit.Refused;
import dev.graft.testkit.WithPlugins;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

/** What the plugins make of their messages, in memory. */
@WithPlugins({
  TopKPlugin.class,
  CountNullsPlugin.class,
  MaskPlugin.class,
  SummarizePlugin.class,
  PublishPlugin.class,
  AboutPlugin.class,
  RemarkPlugin.class
})
class FramesPluginsTest {
  private static final Relation ORDERS = Nodes.table("orders").build();

  private static TopK.Builder topK() {
    return TopK.newBuilder().setInput(ORDERS).addBy("customer").setOrderBy("amount").setK(3);
  }

  @Test
  void topKNumbersTheRowsOfEachGroupAndKeepsTheFirst(Graft graft) {
    Relation result = graft.lower(topK().setDescending(true).build()).relation();

    Relation numbered = result.getProject().getInput().getFilter().getInput();
    Expression.Window window =
        numbered.getProject().getExpressions(1).getAlias().getExpr().getWindow();
    assertThat(numbered.getProject().getInput()).isEqualTo(ORDERS);
    assertThat(window.getPartitionSpecList())
        .containsExactly(Nodes.columnNamed("customer").build());
    assertThat(window.getOrderSpecList())
        .containsExactly(Nodes.columnNamed("amount").desc().build());
  }

  @Test
  void topKInsideAnotherIsLoweredToo(Graft graft) {
    Relation nested =
        graft.lower(topK().setInput(Graft.relation(topK().build())).build()).relation();

    assertThat(nested.toString()).contains("orders").doesNotContain("extension");
  }

  @Test
  void topKSaysWhatIsMissing(Graft graft) {
    graft.refused(topK().setK(0).build()).saying("TopK.k is 0. Give 1 or more.");
    graft
        .refused(topK().clearInput().build())
        .saying("TopK has no input. Set the relation to take rows from.");
    graft
        .refused(topK().clearOrderBy().build())
        .saying("TopK.order_by is empty. Name the column that ranks the rows.");
  }

  @Test
  void whatOnlyANewerClientKnowsIsRefused(Graft graft) {
    UnknownFieldSet later =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    Refused refused = graft.refused(topK().setUnknownFields(later).build());

    assertThat(refused.code()).isEqualTo("GRAFT_EXTENSION_NEWER");
    assertThat(refused.reason()).contains("field 9 of acme.frames.v1.TopK");
  }

  @Test
  void countNullsHasAPartForEachColumnOfItsInput(Graft graft) {
    graft.schema(ORDERS, "a STRING, a INT, `b.c` DATE");

    Relation result = graft.lower(CountNulls.newBuilder().setInput(ORDERS).build()).relation();

    Relation counted = result.getProject().getInput();
    assertThat(counted.getAggregate().getAggregateExpressionsCount()).isEqualTo(3);
    assertThat(counted.getAggregate().getInput().getToDf().getInput()).isEqualTo(ORDERS);
    assertThat(counted.getAggregate().getInput().getToDf().getColumnNamesList())
        .containsExactly("c0", "c1", "c2");
    assertThat(
            result
                .getProject()
                .getExpressions(0)
                .getUnresolvedFunction()
                .getArguments(0)
                .getUnresolvedFunction()
                .getArgumentsList())
        .extracting(row -> row.getUnresolvedFunction().getArguments(1).getLiteral().getString())
        .containsExactly("a", "a", "b.c");
  }

  @Test
  void countNullsOfNoColumnsIsNoRows(Graft graft) {
    graft.schema(ORDERS, "");

    graft
        .lower(CountNulls.newBuilder().setInput(ORDERS).build())
        .hasTree(
            """
            Relation
            └─ local_relation: LocalRelation
               └─ schema: "column string, nulls bigint"
            """);
    graft
        .refused(CountNulls.getDefaultInstance())
        .saying("CountNulls has no input. Set the relation whose nulls are to be counted.");
  }

  @Test
  void maskIsPutTogetherFromStandardFunctions(Graft graft) {
    Expression phone = Nodes.column("phone").build();

    assertThat(graft.lower(Mask.newBuilder().setInput(phone).setKeep(4).build()).tree())
        .contains("\"concat\"", "\"repeat\"", "\"right\"", "\"char_length\"");
    graft
        .refused(Mask.newBuilder().setInput(phone).setKeep(-1).build())
        .saying("Mask.keep is -1. Give 0 or more.");
  }

  @Test
  void theFourWaysToAnswerACommand(Graft graft) {
    assertThat(
            graft
                .execute(Summarize.newBuilder().setInput(ORDERS).setColumn("amount").build())
                .tree())
        .contains("aggregate: Aggregate", "\"orders\"");
    graft
        .execute(Publish.newBuilder().setInput(ORDERS).setView("o").build())
        .hasTree(
            """
            Command
            └─ create_dataframe_view: CreateDataFrameViewCommand
               ├─ input: Relation
               │  └─ read: Read
               │     └─ named_table: NamedTable
               │        └─ unparsed_identifier: "orders"
               ├─ name: "o"
               └─ replace: true
            """);
    assertThat(graft.execute(About.getDefaultInstance()).message(AboutReply.parser()))
        .isEqualTo(AboutReply.newBuilder().setHost("test").setConnectVersion("4.2.0").build());
    graft.execute(Remark.newBuilder().setText("hello").build()).hasTree("Done\n");
  }
}
