package dev.graft.builtin.filesystem;

import dev.graft.api.spark.NativeCommandPlugin;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeResult;
import dev.graft.builtin.answer.AnswerRows;
import dev.graft.builtin.folder.OpenPath;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.ListFiles;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.types.DataTypes;

/** What a folder holds. */
public final class ListFilesPlugin implements NativeCommandPlugin<ListFiles> {
  private static final String MAX_LISTING = "filesystem.max-listing";
  private static final int DEFAULT_MAX_LISTING = 10_000;
  private static final int DEFAULT_LIMIT = 1_000;

  @Override
  public Class<ListFiles> messageType() {
    return ListFiles.class;
  }

  @Override
  public Optional<NativeResult> execute(ListFiles list, NativeContext context) throws IOException {
    OpenFiles files = OpenFiles.of(list, context);
    int limit = limit(list, files.check(), context);
    OpenPath open = files.folders().toRead(files.check(), "path", list.getPath());
    FileStatus status =
        OpenFiles.status(open.fileSystem(), open.path())
            .orElseThrow(() -> files.notThere("path", list.getPath()));
    List<FileStatus> found =
        status.isDirectory()
            ? new Listing(open, list.getRecursive(), limit, files.check()).list()
            : List.of(status);
    return Optional.of(NativeResult.rows(rows(found).in(context.session())));
  }

  private static int limit(ListFiles list, OptionCheck check, NativeContext context) {
    String text = context.settings().getOrDefault(MAX_LISTING, "" + DEFAULT_MAX_LISTING);
    int most;
    try {
      most = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new OptionCheck("The server's setting")
          .refusal(MAX_LISTING, text, "Its operator gives a whole number");
    }
    if (list.hasLimit()) {
      check.between(list.getLimit(), 1, most, "limit");
      return list.getLimit();
    }
    return Math.min(DEFAULT_LIMIT, most);
  }

  private static AnswerRows rows(List<FileStatus> found) {
    AnswerRows rows =
        new AnswerRows()
            .column("path", DataTypes.StringType)
            .column("name", DataTypes.StringType)
            .column("is_folder", DataTypes.BooleanType)
            .column("length", DataTypes.LongType)
            .time("modified");
    found.stream()
        .sorted(Comparator.comparing(status -> status.getPath().toString()))
        .forEach(
            status ->
                rows.add(
                    status.getPath().toString(),
                    status.getPath().getName(),
                    status.isDirectory(),
                    status.getLen(),
                    status.getModificationTime()));
    return rows;
  }
}
