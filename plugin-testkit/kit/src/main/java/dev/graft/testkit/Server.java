package dev.graft.testkit;

import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;

/**
 * A Spark Connect server with the tested plugins inside, or a gateway with them in front of one, as
 * a client sees it. Made by the extensions that start servers; a test asks {@link Graft}.
 */
public interface Server extends AutoCloseable {
  /** The server as people call it, for example {@code Spark 4.2.0}. */
  String title();

  /** What plugins are told of their host: {@code spark} or {@code gateway}. */
  String hostName();

  /** What plugins are told of the Connect server's version. */
  String connectVersion();

  /**
   * The schema of a relation.
   *
   * @throws Refusal if the server refuses it
   */
  DataType.Struct schema(Relation relation);

  /**
   * All rows of a relation.
   *
   * @throws Refusal if the server refuses it
   */
  List<List<@Nullable Object>> rows(Relation relation);

  /**
   * Has the server carry out a command.
   *
   * @return the relation that it answered with; empty if it answered with something else
   * @throws Refusal if the server refuses it
   */
  Optional<Relation> execute(Command command);

  /** Ends the session on it; the server goes on, for other tests. */
  @Override
  void close();

  /** What a server says against a request. */
  final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal with the text that clients see. */
    public Refusal(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
