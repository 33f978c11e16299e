package dev.graft.builtin.parquet;

import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeRelationPlugin;
import dev.graft.builtin.answer.AnswerRows;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.ParquetMetadata;
import dev.graft.spi.PlanningException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the footers of Parquet files say. They are read by the server itself and not by executors,
 * which would have to have this plugin's classes; so there are limits of files and of rows.
 */
public final class ParquetMetadataPlugin implements NativeRelationPlugin<ParquetMetadata> {
  private static final String MAX_FILES = "parquet.max-files";
  private static final int DEFAULT_MAX_FILES = 10_000;
  private static final String MAX_ROWS = "parquet.max-rows";
  private static final int DEFAULT_MAX_ROWS = 200_000;
  private static final int MOST_PATHS = 1_000;

  @Override
  public Class<ParquetMetadata> messageType() {
    return ParquetMetadata.class;
  }

  @Override
  public Optional<Dataset<Row>> transform(ParquetMetadata metadata, NativeContext context) {
    OptionCheck check = OptionCheck.of(metadata);
    check.notEmpty(metadata.getPathsList(), "paths", "Give files or folders");
    check.between(metadata.getPathsCount(), 1, MOST_PATHS, "the number of paths");
    check.known(metadata.getLevel(), metadata.getLevelValue(), "level");
    int maxFiles = setting(context.settings(), MAX_FILES, DEFAULT_MAX_FILES);
    int maxRows = setting(context.settings(), MAX_ROWS, DEFAULT_MAX_ROWS);
    Configuration configuration = context.session().sparkContext().hadoopConfiguration();
    ParquetFiles files =
        new ParquetFiles(check, configuration, AllowedSchemes.of(context.settings()), maxFiles);
    List<Footer> footers = Footers.read(files.in(metadata.getPathsList()), configuration);
    FooterRows level = FooterRows.of(metadata.getLevel());
    AnswerRows rows = level.columns();
    for (Footer footer : footers) {
      level.add(rows, footer);
      if (rows.size() > maxRows) {
        throw new PlanningException(
            "ParquetMetadata has more than "
                + maxRows
                + " rows. Give fewer files, or another level; the server's operator sets the limit as "
                + MAX_ROWS
                + " of this plugin.");
      }
    }
    return Optional.of(rows.in(context.session()));
  }

  private static int setting(Map<String, String> settings, String name, int otherwise) {
    String text = settings.getOrDefault(name, "" + otherwise);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new OptionCheck("The server's setting")
          .refusal(name, text, "Its operator gives a whole number");
    }
  }
}
