package dev.graft.encoder;

import com.google.protobuf.ByteString;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;

/**
 * Rows that a generated client puts into a message. Its operations that stand for rows are such
 * inputs themselves; of a DataFrame of Spark's own client {@code SparkInputs.of} makes one.
 */
@FunctionalInterface
public interface RelationInput {
  /** The input as {@link NamedValues} takes it. */
  Object asInput();

  /** Of a message. */
  static RelationInput of(Relation relation) {
    return () -> relation;
  }

  /** Of a plan, for fields that hold one. */
  static RelationInput of(Plan plan) {
    return () -> plan;
  }

  /** Of values, packed as an extension. */
  static RelationInput of(NamedValues values) {
    return () -> values;
  }

  /** Of the bytes of a serialised message, which are used as they are. */
  static RelationInput ofBytes(ByteString bytes) {
    return () -> bytes;
  }
}
