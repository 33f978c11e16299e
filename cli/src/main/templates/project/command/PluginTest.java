package {{package}};

import {{package}}.v1.{{Name}};
import dev.graft.api.node.Nodes;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import org.junit.jupiter.api.Test;

/** What the plugin answers with, in memory. */
@WithPlugins({{Name}}Plugin.class)
class {{Name}}PluginTest {
  private static {{Name}}.Builder message() {
    return {{Name}}.newBuilder().setInput(Nodes.table("cities").build()).setColumn("size");
  }

  @Test
  void aggregatesItsInput(Graft graft) {
    graft
        .execute(message().build())
        .hasTree(
            """
            Relation
            └─ aggregate: Aggregate
               ├─ input: Relation
               │  └─ read: Read
               │     └─ named_table: NamedTable
               │        └─ unparsed_identifier: "cities"
               ├─ group_type: GROUP_TYPE_GROUPBY
               ├─ aggregate_expressions: Expression
               │  └─ alias: Alias
               │     ├─ expr: Expression
               │     │  └─ unresolved_function: UnresolvedFunction
               │     │     ├─ function_name: "count"
               │     │     └─ arguments: Expression
               │     │        └─ unresolved_attribute: UnresolvedAttribute
               │     │           └─ unparsed_identifier: "`size`"
               │     └─ name: "count"
               ├─ aggregate_expressions: Expression
               │  └─ alias: Alias
               │     ├─ expr: Expression
               │     │  └─ unresolved_function: UnresolvedFunction
               │     │     ├─ function_name: "min"
               │     │     └─ arguments: Expression
               │     │        └─ unresolved_attribute: UnresolvedAttribute
               │     │           └─ unparsed_identifier: "`size`"
               │     └─ name: "least"
               └─ aggregate_expressions: Expression
                  └─ alias: Alias
                     ├─ expr: Expression
                     │  └─ unresolved_function: UnresolvedFunction
                     │     ├─ function_name: "max"
                     │     └─ arguments: Expression
                     │        └─ unresolved_attribute: UnresolvedAttribute
                     │           └─ unparsed_identifier: "`size`"
                     └─ name: "greatest"
            """);
  }

  @Test
  void saysWhatIsMissing(Graft graft) {
    graft
        .refused(message().clearInput().build())
        .saying("{{Name}} has no input. Set the relation to look at.");
    graft
        .refused(message().clearColumn().build())
        .saying("{{Name}}.column is empty. Name the column to look at.");
  }
}
