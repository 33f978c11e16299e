package dev.graft.builtin.topk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.Nodes;
import dev.graft.api.node.Windows;
import dev.graft.builtin.v1.TopK;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

@WithPlugins(TopKPlugin.class)
class TopKPluginTest {
  private static final Relation ORDERS = Nodes.table("orders").build();
  private static final Expression AMOUNT = Nodes.column("amount").build();

  private static TopK.Builder topK() {
    return TopK.newBuilder().setInput(ORDERS).setK(3).addOrderBy(AMOUNT);
  }

  @Test
  void rowsOfEachGroupAreNumberedAndTheFirstKept(Graft graft) {
    Relation plan = graft.lower(topK().addBy(Nodes.column("customer").build()).build()).relation();

    assertThat(plan)
        .isEqualTo(
            Nodes.relation(ORDERS)
                .select(
                    Nodes.star(),
                    Windows.rowNumber()
                        .over(
                            Windows.partitionBy(Nodes.column("customer"))
                                .orderBy(Nodes.column("amount").asc()))
                        .as("__graft_top_k_place"))
                .filter(Nodes.column("__graft_top_k_place").atMost(3))
                .select(Nodes.starWithout("__graft_top_k_place"))
                .build());
  }

  @Test
  void withoutGroupsItIsASortAndALimit(Graft graft) {
    graft
        .lower(topK().build())
        .hasTree(
            """
            Relation
            └─ limit: Limit
               ├─ input: Relation
               │  └─ sort: Sort
               │     ├─ input: Relation
               │     │  └─ read: Read
               │     │     └─ named_table: NamedTable
               │     │        └─ unparsed_identifier: "orders"
               │     ├─ order: SortOrder
               │     │  ├─ child: Expression
               │     │  │  └─ unresolved_attribute: UnresolvedAttribute
               │     │  │     └─ unparsed_identifier: "amount"
               │     │  ├─ direction: SORT_DIRECTION_ASCENDING
               │     │  └─ null_ordering: SORT_NULLS_FIRST
               │     └─ is_global: true
               └─ limit: 3
            """);
  }

  @Test
  void placeIsKeptUnderItsName(Graft graft) {
    Relation plan =
        graft.lower(topK().setTies(TopK.Ties.DENSE).setPlaceColumn("place").build()).relation();

    assertThat(plan.getProject().getInput().getFilter().toString()).contains("\"dense_rank\"");
    assertThat(graft.lower(topK().setTies(TopK.Ties.KEPT).build()).tree()).contains("\"rank\"");
  }

  @Test
  void optionsAreCheckedBeforeAnythingElse(Graft graft) {
    graft
        .refused(topK().clearInput().build())
        .saying("TopK.input is not given. Give the DataFrame to take rows from.");
    graft.refused(topK().setK(0).build()).saying("TopK.k is 0. Give 1 or more.");
    graft
        .refused(topK().clearOrderBy().build())
        .saying("TopK.order_by is empty. Give the columns that rank the rows.");
    graft
        .refused(topK().setTiesValue(7).build())
        .saying("TopK.ties is 7. Give one of BROKEN, KEPT, DENSE.");
  }
}
