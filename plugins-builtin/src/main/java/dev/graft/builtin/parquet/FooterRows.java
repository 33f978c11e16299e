package dev.graft.builtin.parquet;

import dev.graft.builtin.answer.AnswerRows;
import dev.graft.builtin.v1.ParquetMetadata.Level;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** What becomes of a footer at each level: columns, and rows for them. */
enum FooterRows {
  FILES {
    @Override
    AnswerRows columns() {
      return new AnswerRows()
          .column("file", DataTypes.StringType)
          .column("length", DataTypes.LongType)
          .column("row_groups", DataTypes.IntegerType)
          .column("rows", DataTypes.LongType)
          .column("columns", DataTypes.IntegerType)
          .column("created_by", DataTypes.StringType)
          .column("schema", DataTypes.StringType)
          .column(
              "key_values", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));
    }

    @Override
    void add(AnswerRows rows, Footer footer) {
      FileMetaData file = footer.metadata().getFileMetaData();
      List<BlockMetaData> blocks = footer.metadata().getBlocks();
      rows.add(
          footer.path(),
          footer.file().getLen(),
          blocks.size(),
          blocks.stream().mapToLong(BlockMetaData::getRowCount).sum(),
          file.getSchema().getColumns().size(),
          file.getCreatedBy(),
          file.getSchema().toString(),
          file.getKeyValueMetaData());
    }
  },

  ROW_GROUPS {
    @Override
    AnswerRows columns() {
      return new AnswerRows()
          .column("file", DataTypes.StringType)
          .column("row_group", DataTypes.IntegerType)
          .column("start", DataTypes.LongType)
          .column("compressed_length", DataTypes.LongType)
          .column("length", DataTypes.LongType)
          .column("rows", DataTypes.LongType);
    }

    @Override
    void add(AnswerRows rows, Footer footer) {
      int number = 0;
      for (BlockMetaData block : footer.metadata().getBlocks()) {
        rows.add(
            footer.path(),
            number++,
            block.getStartingPos(),
            block.getCompressedSize(),
            block.getTotalByteSize(),
            block.getRowCount());
      }
    }
  },

  COLUMN_CHUNKS {
    @Override
    AnswerRows columns() {
      return new AnswerRows()
          .column("file", DataTypes.StringType)
          .column("row_group", DataTypes.IntegerType)
          .column("column", DataTypes.createArrayType(DataTypes.StringType))
          .column("type", DataTypes.StringType)
          .column("codec", DataTypes.StringType)
          .column("encodings", DataTypes.createArrayType(DataTypes.StringType))
          .column("start", DataTypes.LongType)
          .column("compressed_length", DataTypes.LongType)
          .column("length", DataTypes.LongType)
          .column("values", DataTypes.LongType)
          .column("nulls", DataTypes.LongType)
          .column("min", DataTypes.StringType)
          .column("max", DataTypes.StringType);
    }

    @Override
    void add(AnswerRows rows, Footer footer) {
      int number = 0;
      for (BlockMetaData block : footer.metadata().getBlocks()) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
          addChunk(rows, footer, number, chunk);
        }
        number++;
      }
    }
  };

  static FooterRows of(Level level) {
    return switch (level) {
      case ROW_GROUPS -> ROW_GROUPS;
      case COLUMN_CHUNKS -> COLUMN_CHUNKS;
      default -> FILES;
    };
  }

  /** The level's columns, with no rows yet. */
  abstract AnswerRows columns();

  /** Adds what a footer says at this level. */
  abstract void add(AnswerRows rows, Footer footer);

  private static void addChunk(
      AnswerRows rows, Footer footer, int rowGroup, ColumnChunkMetaData chunk) {
    @Nullable Statistics<?> statistics = chunk.getStatistics();
    boolean bounded = statistics != null && statistics.hasNonNullValue();
    boolean counted = statistics != null && statistics.isNumNullsSet();
    rows.add(
        footer.path(),
        rowGroup,
        Arrays.asList(chunk.getPath().toArray()),
        chunk.getPrimitiveType().toString(),
        chunk.getCodec().name(),
        chunk.getEncodings().stream().map(Enum::name).sorted().toList(),
        chunk.getStartingPos(),
        chunk.getTotalSize(),
        chunk.getTotalUncompressedSize(),
        chunk.getValueCount(),
        counted ? (Object) statistics.getNumNulls() : null,
        bounded ? statistics.minAsString() : null,
        bounded ? statistics.maxAsString() : null);
  }
}
