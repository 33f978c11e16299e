package dev.graft.builtin.filesystem;

import dev.graft.api.spark.NativeCommandPlugin;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeResult;
import dev.graft.builtin.answer.AnswerRows;
import dev.graft.builtin.folder.OpenPath;
import dev.graft.builtin.v1.FileExists;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.types.DataTypes;

/** Whether a file or folder is there. */
public final class FileExistsPlugin implements NativeCommandPlugin<FileExists> {
  @Override
  public Class<FileExists> messageType() {
    return FileExists.class;
  }

  @Override
  public Optional<NativeResult> execute(FileExists exists, NativeContext context)
      throws IOException {
    OpenFiles files = OpenFiles.of(exists, context);
    OpenPath open = files.folders().toRead(files.check(), "path", exists.getPath());
    Optional<FileStatus> status = OpenFiles.status(open.fileSystem(), open.path());
    return Optional.of(
        NativeResult.rows(
            new AnswerRows()
                .column("exists", DataTypes.BooleanType)
                .column("is_folder", DataTypes.BooleanType)
                .add(status.isPresent(), status.map(FileStatus::isDirectory).orElse(false))
                .in(context.session())));
  }
}
