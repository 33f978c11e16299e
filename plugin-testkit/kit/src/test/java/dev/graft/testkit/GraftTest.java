package dev.graft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.graft.api.node.Nodes;
import dev.graft.testkit.sample.HeadPlugin;
import dev.graft.testkit.sample.NotePlugin;
import java.util.List;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Tests of plugins in memory, as their authors write them. */
@WithPlugins(
    value = {HeadPlugin.class, NotePlugin.class},
    settings = "greeting=hello=you")
class GraftTest {
  private static final Relation TABLE = Nodes.table("t").build();
  private static final Relation CITIES =
      Nodes.rows("`the name` STRING, size INT", Nodes.row("Ulm", 120)).build();

  private static Limit head(Relation input, int limit) {
    return Limit.newBuilder().setInput(input).setLimit(limit).build();
  }

  @Test
  void aPlanIsATree(Graft graft) {
    graft
        .lower(head(Nodes.range(9).build(), 3))
        .hasTree(
            """
            Relation
            └─ limit: Limit
               ├─ input: Relation
               │  └─ sort: Sort
               │     ├─ input: Relation
               │     │  └─ range: Range
               │     │     ├─ start: 0
               │     │     ├─ end: 9
               │     │     └─ step: 1
               │     ├─ order: SortOrder
               │     │  ├─ child: Expression
               │     │  │  └─ unresolved_attribute: UnresolvedAttribute
               │     │  │     └─ unparsed_identifier: "`id`"
               │     │  ├─ direction: SORT_DIRECTION_ASCENDING
               │     │  └─ null_ordering: SORT_NULLS_FIRST
               │     └─ is_global: true
               └─ limit: 3
            """);
  }

  @Test
  void anotherTreeFailsAndShowsBoth(Graft graft) {
    Lowered lowered = graft.lower(head(CITIES, 1));

    assertThatThrownBy(() -> lowered.hasTree("Relation\n"))
        .isInstanceOfSatisfying(
            AssertionFailedError.class,
            failure -> {
              assertThat(failure.getExpected().getStringRepresentation()).isEqualTo("Relation\n");
              assertThat(failure.getActual().getStringRepresentation()).isEqualTo(lowered.tree());
            });
  }

  @Test
  void schemasOfRowsAreKnownAndThoseOfTablesAreTold(Graft graft) {
    Relation filtered = Nodes.relation(CITIES).filter(Nodes.column("size").isNotNull()).build();
    assertThat(graft.lower(head(filtered, 1)).tree()).contains("\"`the name`\"");

    assertThatThrownBy(() -> graft.lower(head(TABLE, 1)))
        .hasMessageContaining("Tell it by graft.schema(relation");

    graft.schema(TABLE, "when DATE NOT NULL, id BIGINT");
    assertThat(graft.lower(head(TABLE, 1)).tree()).contains("\"`when`\"");
  }

  @Test
  void extensionsInsideExtensionsAreLoweredToo(Graft graft) {
    String tree = graft.lower(head(Graft.relation(head(CITIES, 2)), 1)).tree();

    assertThat(tree).doesNotContain("extension").contains("limit: 1", "limit: 2");
  }

  @Test
  void aRefusalIsThePluginsWords(Graft graft) {
    Refused refused = graft.refused(head(CITIES, 0));

    refused.saying("Head has no input, or a limit below 1. Give both.");
    assertThat(refused.code()).isEqualTo("GRAFT_PLUGIN_REFUSED");
    assertThatThrownBy(() -> refused.saying("something else"))
        .isInstanceOf(AssertionFailedError.class);
    assertThatThrownBy(() -> graft.refused(head(CITIES, 1)))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageStartingWith("It is not refused but answered");
  }

  @Test
  void aCommandAnswersWithAMessageAndSeesItsSettings(Graft graft) throws Exception {
    Answered answered = graft.execute(StringValue.of("greeting"));

    assertThat(answered.message(StringValue.parser()).getValue()).isEqualTo("hello=you");
    assertThatThrownBy(() -> graft.lower(StringValue.of("greeting")))
        .hasMessage("google.protobuf.StringValue is a command: execute it.");
  }

  @Test
  void theConnectVersionIsTheNewestUnlessSaid(Graft graft) {
    assertThat(graft.connectVersion()).isEqualTo("4.2.0");
    assertThat(graft.withConnectVersion("3.4.0").connectVersion()).isEqualTo("3.4.0");
    assertThat(graft.place()).isEqualTo("memory");
  }

  @Test
  void aMessageOfNobodyIsRefusedWithThoseThereAre(Graft graft) {
    assertThatThrownBy(() -> graft.lower(Relation.getDefaultInstance().getCommon()))
        .hasMessage(
            "None of the tested plugins is for spark.connect.RelationCommon; they are for"
                + " google.protobuf.StringValue, spark.connect.Limit.");
  }

  @Test
  void rowsThatNoRunWouldCompareAreRefused(Graft graft) {
    Lowered lowered = graft.lower(head(CITIES, 1));

    assertThatThrownBy(() -> lowered.hasRows(List.of("Ulm", 120)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Annotate it with @OnSpark or @ThroughGateway");
  }

  @Test
  void aClassThatIsNoPluginIsRefused() {
    assertThatThrownBy(() -> Graft.inMemory("text"))
        .hasMessageContaining(
            "java.lang.String in the test's class path implements none of dev.graft.api.CommandPlugin");
  }

  @Nested
  class Inside {
    @Test
    void nestedClassesTestTheSamePlugins(Graft graft) {
      assertThat(graft.lower(head(CITIES, 1)).relation().hasLimit()).isTrue();
    }
  }
}
