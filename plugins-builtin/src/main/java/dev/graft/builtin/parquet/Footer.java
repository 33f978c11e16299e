package dev.graft.builtin.parquet;

import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * A file and what its footer says.
 *
 * @param file the file
 * @param metadata as Parquet's library has it
 */
record Footer(FileStatus file, ParquetMetadata metadata) {
  String path() {
    return file.getPath().toString();
  }
}
