package dev.graft.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plugin may know of the request it answers and the server it runs in. An instance belongs
 * to one request; it must not be kept after the plugin has answered.
 */
public interface HostContext {
  /** What the server does with the plan. */
  enum Phase {
    /** It only wants the plan's schema or description. */
    ANALYSIS,
    /** It runs the plan. */
    EXECUTION,
    /** The host cannot tell. */
    UNKNOWN
  }

  /**
   * The user as the client named it; Spark Connect does not verify this name. Empty where the
   * client gave none.
   */
  String userId();

  /** The session, a UUID in canonical form; empty where the host cannot tell. */
  String sessionId();

  /** What the server does with the plan. */
  Phase phase();

  /** The host's name, {@code spark} or {@code gateway}. */
  String hostName();

  /** The version of the Connect server that will run the plan, for example {@code 4.2.0}. */
  String connectVersion();

  /**
   * The plugin's own settings: the configuration's entries under {@code spark.graft.plugin.<id>.},
   * in a gateway {@code graft.plugin.<id>.}, by what follows that.
   */
  Map<String, String> settings();

  /**
   * All extensions that the server answers, in the order in which plugins are asked. The first call
   * asks every plugin for descriptions, which may take a while; the list is kept after that. Empty
   * where the host does not tell.
   */
  default List<LoadedExtension> extensions() {
    return List.of();
  }

  /**
   * The columns of a relation, as the server that will run the plan tells them: what a client's own
   * {@code DataFrame.schema} would say of it, in the same session. Extensions inside the relation
   * are answered as anywhere else; its tables, views and functions are those of the client.
   *
   * <p>It costs one analysis of the relation, and in a gateway a round trip to the backend too;
   * nothing is run. Inside Spark 4.0 and later the analysis serves the answer that holds the
   * relation as well. Answers are kept for the request: to ask the same bytes again, from this
   * plugin or another, costs a look-up. How much a request may ask is limited.
   *
   * @param relation a serialised {@code spark.connect.Relation}; must not be written to afterwards
   * @return a serialised {@code spark.connect.DataType} that holds a struct; must not be written to
   * @throws SchemaUnavailableException if this host cannot tell
   * @throws RuntimeException what the server says against the relation, a table that is not there
   *     for instance; let it pass, and the client sees it as its own analysis would have told it
   */
  default byte[] schema(byte[] relation) {
    throw new SchemaUnavailableException(hostName());
  }

  /**
   * What the server tells a client of itself: its {@code plugins} with what came of their calls,
   * what was {@code refused} when it loaded them, or the last {@code failures} of this request's
   * session. No rows where the host does not tell, or knows no such table.
   *
   * @param table the table's name
   */
  default StatusTable status(String table) {
    return new StatusTable(table, List.of(), List.of());
  }

  /** The engine, where the host runs inside one. A portable plugin has no use for it. */
  Optional<Engine> engine();
}
