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
    return {{Name}}.newBuilder().setText(Nodes.columnNamed("name").build()).setLength(2);
  }

  @Test
  void callsAFunctionOfSpark(Graft graft) {
    graft
        .lower(message().build())
        .hasTree(
            """
            Expression
            └─ unresolved_function: UnresolvedFunction
               ├─ function_name: "substring"
               ├─ arguments: Expression
               │  └─ unresolved_attribute: UnresolvedAttribute
               │     └─ unparsed_identifier: "`name`"
               ├─ arguments: Expression
               │  └─ literal: Literal
               │     └─ integer: 1
               └─ arguments: Expression
                  └─ literal: Literal
                     └─ integer: 2
            """);
  }

  @Test
  void saysWhatIsMissing(Graft graft) {
    graft
        .refused(message().clearText().build())
        .saying("{{Name}} has no text. Set the expression to take characters from.");
    graft
        .refused(message().setLength(0).build())
        .saying("{{Name}}.length is 0. Give 1 or more.");
  }
}
