package dev.graft.api.spark;

import com.google.protobuf.Message;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes a {@code Dataset} from a message that a client put at {@code Relation.extension} (field
 * 998).
 *
 * <p>One that is {@link AutoCloseable} too is closed when it is used no more: see {@link
 * dev.graft.spi.ExtensionPlugin}. Spark may still run functions of it then.
 *
 * @param <M> the message this plugin is for
 */
public interface NativeRelationPlugin<M extends Message> {
  /**
   * The generated class of the message. A plugin that gives {@code com.google.protobuf.Any} is
   * offered every extension of its kind at its place in the order. Called once, when the plugin is
   * loaded.
   */
  Class<M> messageType();

  /**
   * Answers one extension. Called each time Spark analyses a plan with it, for a schema as well as
   * to run it, by any thread; so it describes a computation and leaves it to Spark to run. A plugin
   * that must run jobs for its answer does so in {@link NativeContext#oncePerOperation}.
   *
   * @param message the message, parsed
   * @param context the request around it, with Spark's session; not to be kept after the method has
   *     returned
   * @return the answer, or empty to decline, whereupon the next plugin in configured order is asked
   * @throws dev.graft.spi.PlanningException to tell the client, in words of its own, why it cannot
   *     be done
   * @throws Exception any other failure; the client is told the plugin, its jar and the exception's
   *     text
   */
  Optional<Dataset<Row>> transform(M message, NativeContext context) throws Exception;
}
