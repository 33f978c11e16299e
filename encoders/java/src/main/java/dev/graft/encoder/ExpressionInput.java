package dev.graft.encoder;

import com.google.protobuf.ByteString;
import org.apache.spark.connect.proto.Expression;

/**
 * A value in each row that a generated client puts into a message. Its operations that stand for
 * one are such inputs themselves; of a column of Spark's own client {@code SparkInputs.of} makes
 * one.
 */
@FunctionalInterface
public interface ExpressionInput {
  /** The input as {@link NamedValues} takes it. */
  Object asInput();

  /** Of a message. */
  static ExpressionInput of(Expression expression) {
    return () -> expression;
  }

  /** Of a column's name. */
  static ExpressionInput column(String name) {
    return () -> name;
  }

  /** Of values, packed as an extension. */
  static ExpressionInput of(NamedValues values) {
    return () -> values;
  }

  /** Of the bytes of a serialised message, which are used as they are. */
  static ExpressionInput ofBytes(ByteString bytes) {
    return () -> bytes;
  }
}
