package dev.graft.encoder.spark;

import com.google.protobuf.Message;
import dev.graft.catalog.v1.ListExtensions;
import dev.graft.catalog.v1.ServerStatus;
import dev.graft.encoder.GraftInputException;
import dev.graft.encoder.GraftInputException.Code;
import dev.graft.encoder.NamedValues;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Puts extensions into plans of Spark's JVM client. What a server refuses comes as the exception
 * that Spark's client makes of it, with the server's text. Safe for use by several threads.
 */
public final class SparkExtensions {
  private static final String TYPE_URL_PREFIX = "type.googleapis.com/";

  private SparkExtensions() {}

  /**
   * A DataFrame of what a message stands for. Nothing is sent yet.
   *
   * @throws GraftInputException if values are missing or wrong, {@code GRAFT_SESSION_MISMATCH} if
   *     an input is of another session, {@code GRAFT_CLIENT_UNSUPPORTED} if the session is none of
   *     a Connect client of Spark 3.5 or 4.x
   */
  public static Dataset<Row> dataFrame(SparkSession session, NamedValues values) {
    NamedValues.Encoded encoded = encoded(session, values);
    return SparkClient.get()
        .dataFrame(session, ExtensionBytes.relation(encoded.typeUrl(), encoded.bytes()));
  }

  /**
   * A column of what a message stands for. Nothing is sent yet.
   *
   * @throws GraftInputException if values are missing or wrong, {@code GRAFT_CLIENT_UNSUPPORTED} if
   *     the client is none of Spark Connect 3.5 or 4.x
   */
  public static Column column(NamedValues values) {
    NamedValues.Encoded encoded = values.encoded();
    return SparkClient.get().column(ExtensionBytes.expression(encoded.typeUrl(), encoded.bytes()));
  }

  /**
   * Runs a command to its end.
   *
   * @throws GraftInputException as {@link #dataFrame} does, and {@code GRAFT_ANSWER_UNEXPECTED} if
   *     the message's author promises rows and the answer is none
   */
  public static SparkAnswer execute(SparkSession session, NamedValues values) {
    NamedValues.Encoded encoded = encoded(session, values);
    SparkAnswer answer =
        SparkClient.get()
            .execute(session, ExtensionBytes.command(encoded.typeUrl(), encoded.bytes()));
    values.checkPromise(answer);
    return answer;
  }

  /**
   * The extensions that the server has, one row for each: kind, name, message, plugin, jar, version
   * and documentation as strings, and descriptors as binary.
   *
   * @param withDescriptors whether the descriptors are wanted; they are null otherwise
   * @throws GraftInputException {@code GRAFT_CLIENT_UNSUPPORTED} as {@link #dataFrame} does
   */
  public static Dataset<Row> extensions(SparkSession session, boolean withDescriptors) {
    return told(session, ListExtensions.newBuilder().setWithDescriptors(withDescriptors).build());
  }

  /**
   * What the server has loaded and what came of it. A later server may have more columns.
   *
   * @param table {@code PLUGINS}: a row for each message of each plugin, with how many calls it was
   *     offered, accepted, declined and failed since it was first loaded, how long they took, and
   *     bytes; {@code REFUSED}: what the server has not loaded; {@code FAILURES}: the last requests
   *     of this session that were refused
   * @throws GraftInputException {@code GRAFT_CLIENT_UNSUPPORTED} as {@link #dataFrame} does
   */
  public static Dataset<Row> status(SparkSession session, ServerStatus.Table table) {
    return told(session, ServerStatus.newBuilder().setTable(table).build());
  }

  private static Dataset<Row> told(SparkSession session, Message question) {
    return SparkClient.get()
        .dataFrame(
            session,
            ExtensionBytes.relation(
                TYPE_URL_PREFIX + question.getDescriptorForType().getFullName(),
                question.toByteString()));
  }

  private static NamedValues.Encoded encoded(SparkSession session, NamedValues values) {
    NamedValues.Encoded encoded = values.encoded();
    if (encoded.session().isPresent() && encoded.session().get() != session) {
      throw new GraftInputException(
          Code.GRAFT_SESSION_MISMATCH,
          "An input of "
              + values.messageName()
              + " is a DataFrame of another session than the one it is to run on. A server sees one"
              + " session's tables and views only: make the input with the same session");
    }
    return encoded;
  }
}
