package dev.graft.testkit.schema;

import org.apache.spark.connect.proto.DataType;

/** Schemas from DDL, as Spark's own parser would read it. */
public final class Schemas {
  private Schemas() {}

  /**
   * The columns that a text names, for example {@code id BIGINT NOT NULL, `odd name` STRING, tags
   * ARRAY<STRING>}.
   *
   * @throws IllegalArgumentException if it cannot be read; the text says where
   */
  public static DataType.Struct of(String columns) {
    return new SchemaReader(columns).columns();
  }

  /**
   * A data type by its name in SQL, for example {@code DECIMAL(10, 2)} or {@code MAP<STRING, INT>}.
   *
   * @throws IllegalArgumentException if it cannot be read; the text says where
   */
  public static DataType type(String name) {
    return new SchemaReader(name).wholeType();
  }
}
