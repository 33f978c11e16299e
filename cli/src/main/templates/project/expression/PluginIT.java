package {{package}};

import {{package}}.v1.{{Name}};
import dev.graft.api.node.Nodes;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import dev.graft.testkit.spark.OnSpark;
import dev.graft.testkit.spark.ThroughGateway;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

/** Values of a real server. @OnSpark("all") tries every Spark line, at about 10 seconds each. */
@WithPlugins({{Name}}Plugin.class)
@OnSpark
@ThroughGateway
class {{Name}}PluginIT {
  private static final Relation CITIES =
      Nodes.rows("name STRING", Nodes.row("Ulm"), Nodes.row("Bonn")).build();

  @Test
  void keepsTheFirstCharacters(Graft graft) {
    Expression first =
        Graft.expression(
            {{Name}}.newBuilder().setText(Nodes.columnNamed("name").build()).setLength(2).build());

    graft
        .lower(Nodes.relation(CITIES).select(Nodes.expression(first).as("first")).build())
        .hasRows(List.of("Ul"), List.of("Bo"));
  }

  @Test
  void refusesWithItsOwnWords(Graft graft) {
    graft
        .refused({{Name}}.newBuilder().setText(Nodes.columnNamed("name").build()).build())
        .saying("{{Name}}.length is 0. Give 1 or more.");
  }
}
