package dev.graft.encoder.spark;

import dev.graft.encoder.ExpressionInput;
import dev.graft.encoder.InputReader;
import dev.graft.encoder.RelationInput;
import dev.graft.encoder.SerializedInput;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;

/** Reads Datasets and Columns of Spark's JVM client. Safe for use by several threads. */
public final class SparkInputs implements InputReader {
  private static final String DATASET = "org.apache.spark.sql.Dataset";
  private static final String COLUMN = "org.apache.spark.sql.Column";

  /** A DataFrame, for what a generated client takes. */
  public static RelationInput of(Dataset<?> dataset) {
    return () -> dataset;
  }

  /** A column, for what a generated client takes. */
  public static ExpressionInput of(Column column) {
    return () -> column;
  }

  /** Called by {@link java.util.ServiceLoader}. */
  public SparkInputs() {}

  @Override
  public Optional<SerializedInput> read(Object value) {
    // By name first, so that Spark's classes are not wanted where there are none.
    if (is(value, DATASET) && value instanceof Dataset<?> dataset) {
      return Optional.of(SparkClient.get().input(dataset));
    } else if (is(value, COLUMN) && value instanceof Column column) {
      return Optional.of(SparkClient.get().input(column));
    }
    return Optional.empty();
  }

  private static boolean is(Object value, String name) {
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
