package dev.graft.encoder;

import com.google.protobuf.ByteString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A relation or an expression of another client library, as bytes: types of two copies of protobuf
 * never meet. Immutable.
 *
 * @param kind what the bytes are
 * @param bytes a serialised {@code spark.connect.Relation} or {@code spark.connect.Expression}; put
 *     into the message as they are
 * @param session the session it belongs to, by identity; null if it belongs to none, as a column
 *     does
 */
public record SerializedInput(Kind kind, ByteString bytes, @Nullable Object session) {
  /** What an input is. */
  public enum Kind {
    /** A {@code spark.connect.Relation}. */
    RELATION,
    /** A {@code spark.connect.Expression}. */
    EXPRESSION
  }

  public SerializedInput {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(bytes, "bytes");
  }
}
