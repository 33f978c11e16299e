package dev.graft.builtin.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the making, which are part of the plan then: meant for what a server may hold in memory.
 * Not safe for use by several threads.
 */
public final class AnswerRows {
  private StructType schema = new StructType();
  private final List<String> times = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /** A further column, which may hold nulls. */
  public AnswerRows column(String name, DataType type) {
    schema = schema.add(name, type, true);
    return this;
  }

  /**
   * A further column of timestamps, whose values are milliseconds since 1970 in a {@code Long}: of
   * which class Spark wants a timestamp depends on the session.
   */
  public AnswerRows time(String name) {
    times.add(name);
    return column(name, DataTypes.LongType);
  }

  /** A row, with a value for each column. */
  public AnswerRows add(@Nullable Object... values) {
    rows.add(RowFactory.create(values));
    return this;
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** The rows in a session. */
  public Dataset<Row> in(SparkSession session) {
    String[] columns =
        Arrays.stream(schema.fieldNames())
            .map(name -> times.contains(name) ? "timestamp_millis(" + name + ") AS " + name : name)
            .toArray(String[]::new);
    return session.createDataFrame(rows, schema).selectExpr(columns);
  }
}
