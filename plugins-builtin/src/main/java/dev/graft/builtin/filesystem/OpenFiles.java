package dev.graft.builtin.filesystem;

import com.google.protobuf.Message;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeResult;
import dev.graft.builtin.answer.AnswerRows;
import dev.graft.builtin.folder.OpenFolders;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.spi.PlanningException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the commands have in common.
 *
 * @param check of the command's options
 * @param folders that are open
 */
record OpenFiles(OptionCheck check, OpenFolders folders) {
  private static final String ROOTS = "filesystem.roots";
  private static final String READ_ONLY_ROOTS = "filesystem.read-only-roots";

  static OpenFiles of(Message command, NativeContext context) {
    return new OpenFiles(
        OptionCheck.of(command),
        OpenFolders.of(
            context.settings(),
            ROOTS,
            READ_ONLY_ROOTS,
            context.session().sparkContext().hadoopConfiguration()));
  }

  /** The state of a file or folder, if it is there. */
  static Optional<FileStatus> status(FileSystem fileSystem, Path path) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  PlanningException notThere(String option, String path) {
    return check.refusal(option, path, "There is no such file or folder");
  }

  /** One row with one truth. */
  static Optional<NativeResult> answer(String name, boolean truth, NativeContext context) {
    return Optional.of(
        NativeResult.rows(
            new AnswerRows().column(name, DataTypes.BooleanType).add(truth).in(context.session())));
  }
}
