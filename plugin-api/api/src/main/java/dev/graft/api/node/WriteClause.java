package dev.graft.api.node;

import java.util.Arrays;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.WriteOperation;
import org.apache.spark.connect.proto.WriteOperation.SaveMode;
import org.apache.spark.connect.proto.WriteOperation.SaveTable;
import org.apache.spark.connect.proto.WriteOperation.SaveTable.TableSaveMethod;

/** A write in the making; it fails where there is something already, unless said otherwise. */
public final class WriteClause {
  private final WriteOperation operation;

  private WriteClause(WriteOperation operation) {
    this.operation = operation;
  }

  static WriteClause of(RelationNode relation) {
    return new WriteClause(
        WriteOperation.newBuilder()
            .setInput(relation.build())
            .setMode(SaveMode.SAVE_MODE_ERROR_IF_EXISTS)
            .build());
  }

  /** In a data source's format, for example {@code parquet}. */
  public WriteClause format(String format) {
    return new WriteClause(operation.toBuilder().setSource(format).build());
  }

  /** With one more option for the data source. */
  public WriteClause option(String key, String value) {
    return new WriteClause(operation.toBuilder().putOptions(key, value).build());
  }

  /** Beside the rows that are there. */
  public WriteClause append() {
    return mode(SaveMode.SAVE_MODE_APPEND);
  }

  /** In place of the rows that are there. */
  public WriteClause overwrite() {
    return mode(SaveMode.SAVE_MODE_OVERWRITE);
  }

  /** Only where there is nothing. */
  public WriteClause ignoreExisting() {
    return mode(SaveMode.SAVE_MODE_IGNORE);
  }

  private WriteClause mode(SaveMode mode) {
    return new WriteClause(operation.toBuilder().setMode(mode).build());
  }

  /** In a folder for each combination of these columns. */
  public WriteClause partitionBy(String... columns) {
    return new WriteClause(
        operation.toBuilder()
            .clearPartitioningColumns()
            .addAllPartitioningColumns(Arrays.asList(columns))
            .build());
  }

  /** In buckets by a hash of these columns; for tables only. */
  public WriteClause bucketBy(int buckets, String... columns) {
    return new WriteClause(
        operation.toBuilder()
            .setBucketBy(
                WriteOperation.BucketBy.newBuilder()
                    .setNumBuckets(buckets)
                    .addAllBucketColumnNames(Arrays.asList(columns)))
            .build());
  }

  /** With each bucket sorted by these columns; for tables in buckets only. */
  public WriteClause sortBy(String... columns) {
    return new WriteClause(
        operation.toBuilder()
            .clearSortColumnNames()
            .addAllSortColumnNames(Arrays.asList(columns))
            .build());
  }

  /** The command that writes files at this path. */
  public Command toPath(String path) {
    return command(operation.toBuilder().setPath(path));
  }

  /** The command that writes to where the data source's options say. */
  public Command save() {
    return command(operation.toBuilder());
  }

  /** The command that makes this table, or writes to it, columns matched by name. */
  public Command asTable(String name) {
    return table(name, TableSaveMethod.TABLE_SAVE_METHOD_SAVE_AS_TABLE);
  }

  /** The command that writes to a table that is there, columns matched by their place. */
  public Command intoTable(String name) {
    return table(name, TableSaveMethod.TABLE_SAVE_METHOD_INSERT_INTO);
  }

  private Command table(String name, TableSaveMethod method) {
    return command(
        operation.toBuilder()
            .setTable(SaveTable.newBuilder().setTableName(name).setSaveMethod(method)));
  }

  private static Command command(WriteOperation.Builder operation) {
    return Command.newBuilder().setWriteOperation(operation).build();
  }
}
