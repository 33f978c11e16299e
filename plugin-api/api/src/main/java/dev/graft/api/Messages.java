package dev.graft.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.graft.spi.PlanningException;

/** Reads messages as deep as Spark does. */
public final class Messages {
  /**
   * How many messages may be nested in one another. Spark's own server reads plans to this depth
   * ({@code spark.connect.grpc.marshallerRecursionLimit}); protobuf's default of 100 already fails
   * at 50 nested limits.
   */
  public static final int RECURSION_LIMIT = 1024;

  private Messages() {}

  /**
   * Parses a whole message.
   *
   * @throws PlanningException if the bytes are not such a message, or nest deeper than {@link
   *     #RECURSION_LIMIT}
   */
  public static <M extends Message> M parse(
      ByteString bytes, Parser<M> parser, String messageName) {
    return parse(bytes.newCodedInput(), bytes.size(), parser, messageName);
  }

  /**
   * Parses a whole message from a stream that holds just that.
   *
   * @throws PlanningException if the bytes are not such a message, or nest deeper than {@link
   *     #RECURSION_LIMIT}
   */
  public static <M extends Message> M parse(
      CodedInputStream input, int size, Parser<M> parser, String messageName) {
    try {
      input.setRecursionLimit(RECURSION_LIMIT);
      M message = parser.parseFrom(input);
      input.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new PlanningException(
          "The " + size + " bytes given are not a " + messageName + ": " + e.getMessage(), e);
    }
  }
}
