package dev.graft.api;

import com.google.protobuf.Message;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;

/**
 * Makes a standard Connect expression from a message that a client put at {@code
 * Expression.extension} (field 999).
 *
 * <p>One that is {@link AutoCloseable} too is closed when it is used no more: see {@link
 * dev.graft.spi.ExtensionPlugin}.
 *
 * @param <M> the message this plugin is for
 */
public interface ExpressionPlugin<M extends Message> {
  /**
   * The generated class of the message. A plugin that gives {@code com.google.protobuf.Any} is
   * offered every expression extension at its place in the order. Called once, when the plugin is
   * loaded.
   */
  Class<M> messageType();

  /**
   * Answers one extension.
   *
   * @param message the message, parsed
   * @param context the request around it; not to be kept after the method has returned
   * @return the expression that takes the extension's place, or empty to decline, whereupon the
   *     next plugin in configured order is asked. The expression may hold extensions, its own
   *     message among them; they are answered in turn, within the server's budget
   * @throws dev.graft.spi.PlanningException to tell the client, in words of its own, why no plan
   *     can be made
   * @throws Exception any other failure; the client is told the plugin, its jar and the exception's
   *     text
   */
  Optional<Expression> transform(M message, PlanningContext context) throws Exception;
}
