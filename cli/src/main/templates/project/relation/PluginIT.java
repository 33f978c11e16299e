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
      Nodes.rows(
              "name STRING, size INT",
              Nodes.row("Ulm", 120),
              Nodes.row("Bonn", 330),
              Nodes.row("Kiel", 246))
          .build();

  @Test
  void keepsTheGreatest(Graft graft) {
    graft
        .lower({{Name}}.newBuilder().setInput(CITIES).setBy("size").setCount(2).build())
        .hasRows(List.of("Bonn", 330), List.of("Kiel", 246));
  }

  @Test
  void refusesWithItsOwnWords(Graft graft) {
    graft
        .refused({{Name}}.newBuilder().setInput(CITIES).setBy("size").build())
        .saying("{{Name}}.count is 0. Give 1 or more.");
  }
}
