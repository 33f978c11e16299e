package dev.graft.api.spark;

import dev.graft.api.PlanningContext;
import dev.graft.spi.Engine;
import dev.graft.spi.HostContext;
import java.util.function.Supplier;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The request around an extension, with Spark's own objects at hand. */
public final class NativeContext extends PlanningContext {
  private final Engine engine;

  /** Wraps what the host tells. Made by the framework. */
  public NativeContext(HostContext host) {
    super(host);
    this.engine =
        host.engine()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "A native plugin needs Spark around it, and the host "
                            + host.hostName()
                            + " has no engine."));
  }

  /** The session of the request. */
  public SparkSession session() {
    return (SparkSession) engine.session();
  }

  /**
   * A relation, planned: most often an input that came with the message. Extensions inside it are
   * answered as anywhere else.
   *
   * @throws RuntimeException whatever Spark says against the relation; let it pass, and the client
   *     sees it as Spark's own error
   */
  @SuppressWarnings("unchecked") // the host makes datasets of rows
  public Dataset<Row> dataset(Relation relation) {
    return (Dataset<Row>) engine.relation(relation.toByteArray());
  }

  /**
   * An expression as a column. Extensions inside it are answered as anywhere else.
   *
   * @throws RuntimeException whatever Spark says against the expression; let it pass, and the
   *     client sees it as Spark's own error
   */
  public Column column(Expression expression) {
    return (Column) engine.expression(expression.toByteArray());
  }

  /**
   * Something that costs jobs, made once for the operation that the request belongs to. Spark asks
   * a plugin each time it analyses a plan, which may be several times for one action of the client,
   * and again for each later one; a plugin that runs jobs to make its answer puts them in here.
   *
   * <p>While a client only asks for a schema there is no operation yet, and what is made is kept
   * for that one analysis: a plugin that knows its columns beforehand answers {@link
   * dev.graft.spi.HostContext.Phase#ANALYSIS} with an empty dataset of them instead. Two requests
   * never share what was made, since data may have changed between them: what is to last longer is
   * a table, written by a command.
   *
   * @param name tells things of one plugin and message apart
   * @param maker runs on this thread, at most once for each message and name
   */
  @SuppressWarnings("unchecked") // kept under the name by the same plugin
  public <T> T oncePerOperation(String name, Supplier<T> maker) {
    return (T) engine.once(name, maker);
  }
}
