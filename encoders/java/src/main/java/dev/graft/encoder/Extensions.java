package dev.graft.encoder;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;

/**
 * Packs messages as extensions, where a Connect plan has room for them: {@code Relation.extension},
 * {@code Expression.extension} and {@code Command.extension}.
 *
 * <p>A message may come as an object or as its type URL and bytes, for clients that have the
 * message as a class of another protobuf copy. What is returned is immutable.
 */
public final class Extensions {
  static final String TYPE_URL_PREFIX = "type.googleapis.com/";

  private Extensions() {}

  /** Packs a message that stands for rows. */
  public static Relation relation(Message message) {
    return relation(Any.pack(message));
  }

  /**
   * Packs a message that stands for rows.
   *
   * @param typeUrl such as {@code type.googleapis.com/acme.v1.TopK}; the server looks at what
   *     follows the last slash
   * @param value the serialised message
   * @throws IllegalArgumentException if the type URL has no slash or no name after it
   */
  public static Relation relation(String typeUrl, ByteString value) {
    return relation(any(typeUrl, value));
  }

  /** Packs a message that stands for a column. */
  public static Expression expression(Message message) {
    return expression(Any.pack(message));
  }

  /**
   * Packs a message that stands for a column.
   *
   * @param typeUrl such as {@code type.googleapis.com/acme.v1.Mask}
   * @param value the serialised message
   * @throws IllegalArgumentException if the type URL has no slash or no name after it
   */
  public static Expression expression(String typeUrl, ByteString value) {
    return expression(any(typeUrl, value));
  }

  /** Packs a message that asks for something to be done. */
  public static Command command(Message message) {
    return command(Any.pack(message));
  }

  /**
   * Packs a message that asks for something to be done.
   *
   * @param typeUrl such as {@code type.googleapis.com/acme.v1.Refresh}
   * @param value the serialised message
   * @throws IllegalArgumentException if the type URL has no slash or no name after it
   */
  public static Command command(String typeUrl, ByteString value) {
    return command(any(typeUrl, value));
  }

  private static Relation relation(Any extension) {
    return Relation.newBuilder().setExtension(extension).build();
  }

  private static Expression expression(Any extension) {
    return Expression.newBuilder().setExtension(extension).build();
  }

  private static Command command(Any extension) {
    return Command.newBuilder().setExtension(extension).build();
  }

  private static Any any(String typeUrl, ByteString value) {
    int slash = typeUrl.lastIndexOf('/');
    if (slash < 0 || typeUrl.substring(slash + 1).isBlank()) {
      throw new IllegalArgumentException(
          "'"
              + typeUrl
              + "' is not a type URL: it must end in a slash and the full name of the message, such"
              + " as type.googleapis.com/acme.v1.TopK");
    }
    return Any.newBuilder().setTypeUrl(typeUrl).setValue(value).build();
  }
}
