import com.acme.nativeplans.v1.client.Nativeplans;
import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;

/** The same with the messages of the native jar. */
public final class NativeClient implements Function<ConnectSession, Map<String, Object>> {
  @Override
  public Map<String, Object> apply(ConnectSession session) {
    Relation three = session.range(3);
    Map<String, Object> results = new LinkedHashMap<>();

    results.put("numbered", rows(session, Nativeplans.numbered(three, "row").relation()));

    Expression hash =
        Nativeplans.hashed("id", "spark.sql.session.timeZone").expression();
    Relation hashes =
        Relation.newBuilder()
            .setProject(Project.newBuilder().setInput(three).addExpressions(hash))
            .build();
    results.put("hashed", rows(session, hashes).stream().distinct().count());

    CommandAnswer tables =
        session.execute(Nativeplans.tables().prefix("best_cities").command());
    results.put("tables", rows(session, ((CommandAnswer.Rows) tables).relation()));
    return results;
  }

  private static List<List<Object>> rows(ConnectSession session, Relation relation) {
    try (Rows rows = session.rows(relation)) {
      return rows.toList();
    }
  }
}
