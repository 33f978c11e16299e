package dev.graft.testkit.spark;

import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.RequestFailedException;
import dev.graft.encoder.Rows;
import dev.graft.testkit.Server;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;

/** A server, asked through a client's session. */
record ConnectServer(String title, String hostName, String connectVersion, ConnectSession session)
    implements Server {
  @Override
  public DataType.Struct schema(Relation relation) {
    return ask(() -> session.schema(relation).getStruct());
  }

  @Override
  public List<List<@Nullable Object>> rows(Relation relation) {
    return ask(
        () -> {
          try (Rows rows = session.rows(relation)) {
            return rows.toList();
          }
        });
  }

  @Override
  public Optional<Relation> execute(Command command) {
    CommandAnswer answer = ask(() -> session.execute(command));
    return answer instanceof CommandAnswer.Rows rows
        ? Optional.of(rows.relation())
        : Optional.empty();
  }

  @Override
  public void close() {
    session.close();
  }

  private static <T> T ask(Supplier<T> request) {
    try {
      return request.get();
    } catch (RequestFailedException e) {
      throw new Refusal(String.valueOf(e.getMessage()), e);
    }
  }
}
