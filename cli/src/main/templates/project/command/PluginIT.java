package {{package}};

import {{package}}.v1.{{Name}};
import dev.graft.api.node.Nodes;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import dev.graft.testkit.spark.OnSpark;
import dev.graft.testkit.spark.ThroughGateway;
import java.util.List;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

/** Rows of a real server. @OnSpark("all") tries every Spark line, at about 10 seconds each. */
@WithPlugins({{Name}}Plugin.class)
@OnSpark
@ThroughGateway
class {{Name}}PluginIT {
  private static final Relation CITIES =
      Nodes.rows("name STRING, size INT", Nodes.row("Ulm", 120), Nodes.row("Bonn", 330)).build();

  @Test
  void answersWithARow(Graft graft) {
    graft
        .execute({{Name}}.newBuilder().setInput(CITIES).setColumn("size").build())
        .hasRows(List.of(2L, 120, 330));
  }

  @Test
  void refusesWithItsOwnWords(Graft graft) {
    graft
        .refused({{Name}}.newBuilder().setInput(CITIES).build())
        .saying("{{Name}}.column is empty. Name the column to look at.");
  }
}
