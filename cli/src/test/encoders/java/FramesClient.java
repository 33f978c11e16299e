import com.acme.frames.v1.client.Frames;
import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.GraftInputException;
import dev.graft.encoder.RelationInput;
import dev.graft.encoder.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;

/** What a user of the generated client writes, and what came of it, by what it is. */
public final class FramesClient implements Function<ConnectSession, Map<String, Object>> {
  @Override
  public Map<String, Object> apply(ConnectSession session) {
    Relation cities =
        session.sql(
            "SELECT * FROM VALUES ('Bonn', 'de', 331), ('Ulm', 'de', 126), ('Graz', 'at', 303),"
                + " ('Wels', 'at', 65) AS cities(name, country, thousands)");
    Map<String, Object> results = new LinkedHashMap<>();

    Relation best = best(RelationInput.of(cities)).relation();
    results.put("top_k", rows(session, best));
    results.put("top_k of values", rows(session, best(best(RelationInput.of(cities))).relation()));

    Expression mask = Frames.mask("name").keep(1).expression();
    Expression lines = Frames.mask("name").keep(2).with("-").expression();
    results.put("mask", rows(session, project(best, mask, lines)));

    CommandAnswer summary =
        session.execute(Frames.summarize(cities, "thousands").command());
    results.put("summarize", rows(session, ((CommandAnswer.Rows) summary).relation()));

    results.put("publish", session.execute(Frames.publish(best, "best_cities").command()));
    results.put("published", rows(session, session.table("best_cities")));

    Frames.AboutReply about = Frames.About.reply(session.execute(Frames.about().command()));
    results.put("about", List.of(about.host(), about.connectVersion()));
    results.put("remark", session.execute(Frames.remark("seen by the kit").command()));

    RelationInput none = null;
    RelationInput five = () -> 5;
    results.put("no order", refusal(() -> Frames.topK(cities, "", 1).relation()));
    results.put("no input", refusal(() -> Frames.topK(none, "name", 1).relation()));
    results.put("wrong type", refusal(() -> Frames.topK(five, "name", 1).relation()));
    results.put("wrong answer", refusal(() -> Frames.About.reply(summary)));
    return results;
  }

  private static Frames.TopK best(RelationInput cities) {
    return Frames.topK(cities, "thousands", 1).by(List.of("country")).descending(true);
  }

  private static List<List<Object>> rows(ConnectSession session, Relation relation) {
    try (Rows rows = session.rows(relation)) {
      return rows.toList();
    }
  }

  private static Relation project(Relation input, Expression... columns) {
    return Relation.newBuilder()
        .setProject(Project.newBuilder().setInput(input).addAllExpressions(List.of(columns)))
        .build();
  }

  private static String refusal(Runnable call) {
    try {
      call.run();
      return "none";
    } catch (GraftInputException e) {
      return e.getMessage();
    }
  }
}
