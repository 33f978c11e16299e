package {{package}};

import {{package}}.v1.{{Name}};
import dev.graft.api.node.Nodes;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import org.junit.jupiter.api.Test;

/** What the plugin makes of its message, in memory. */
@WithPlugins({{Name}}Plugin.class)
class {{Name}}PluginTest {
  private static {{Name}}.Builder message() {
    return {{Name}}.newBuilder().setInput(Nodes.table("cities").build()).setBy("size").setCount(2);
  }

  @Test
  void sortsAndLimitsItsInput(Graft graft) {
    graft
        .lower(message().build())
        .hasTree(
            """
            Relation
            └─ limit: Limit
               ├─ input: Relation
               │  └─ sort: Sort
               │     ├─ input: Relation
               │     │  └─ read: Read
               │     │     └─ named_table: NamedTable
               │     │        └─ unparsed_identifier: "cities"
               │     ├─ order: SortOrder
               │     │  ├─ child: Expression
               │     │  │  └─ unresolved_attribute: UnresolvedAttribute
               │     │  │     └─ unparsed_identifier: "`size`"
               │     │  ├─ direction: SORT_DIRECTION_DESCENDING
               │     │  └─ null_ordering: SORT_NULLS_LAST
               │     └─ is_global: true
               └─ limit: 2
            """);
  }

  @Test
  void saysWhatIsMissing(Graft graft) {
    graft
        .refused(message().clearInput().build())
        .saying("{{Name}} has no input. Set the relation to take rows from.");
    graft
        .refused(message().clearBy().build())
        .saying("{{Name}}.by is empty. Name the column that ranks the rows.");
    graft
        .refused(message().setCount(0).build())
        .saying("{{Name}}.count is 0. Give 1 or more.");
  }
}
