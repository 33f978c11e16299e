package dev.graft.spark.analysis;

import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.sparkproject.connect.protobuf.CodedInputStream;
import org.sparkproject.connect.protobuf.InvalidProtocolBufferException;
import org.sparkproject.connect.protobuf.Parser;

/** Reads Spark's own Connect messages. */
final class Messages {
  /**
   * As deep as Spark's service reads a plan ({@code spark.connect.grpc.marshallerRecursionLimit}).
   */
  private static final int RECURSION_LIMIT = 1024;

  private Messages() {}

  static Relation relation(byte[] bytes) {
    return read(Relation.parser(), bytes);
  }

  static Expression expression(byte[] bytes) {
    return read(Expression.parser(), bytes);
  }

  private static <T> T read(Parser<T> parser, byte[] bytes) {
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    input.setRecursionLimit(RECURSION_LIMIT);
    try {
      return parser.parseFrom(input);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("Not a message of Spark's: " + e.getMessage(), e);
    }
  }
}
