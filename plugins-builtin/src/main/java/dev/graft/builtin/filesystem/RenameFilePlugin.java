package dev.graft.builtin.filesystem;

import dev.graft.api.spark.NativeCommandPlugin;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeResult;
import dev.graft.builtin.folder.OpenPath;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.RenameFile;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Gives a file or folder another path. */
public final class RenameFilePlugin implements NativeCommandPlugin<RenameFile> {
  @Override
  public Class<RenameFile> messageType() {
    return RenameFile.class;
  }

  @Override
  public Optional<NativeResult> execute(RenameFile rename, NativeContext context)
      throws IOException {
    OpenFiles files = OpenFiles.of(rename, context);
    OptionCheck check = files.check();
    OpenPath from = files.folders().toWrite(check, "path", rename.getPath());
    OpenPath to = files.folders().toWrite(check, "to", rename.getTo());
    if (from.holdsAnOpenFolder()) {
      throw check.refusal(
          "path", rename.getPath(), "It is, or holds, a folder that the operator opened");
    }
    if (!from.fileSystem().getUri().equals(to.fileSystem().getUri())) {
      throw check.refusal("to", rename.getTo(), "Give a path in the same file system");
    }
    if (from.holds(to)) {
      throw check.refusal("to", rename.getTo(), "A folder cannot be moved into itself");
    }
    if (OpenFiles.status(from.fileSystem(), from.path()).isEmpty()) {
      throw files.notThere("path", rename.getPath());
    }
    // Hadoop would replace a file, or put the source into a folder.
    if (OpenFiles.status(to.fileSystem(), to.path()).isPresent()) {
      throw check.refusal("to", rename.getTo(), "There is one already. Delete it first");
    }
    Path parent = to.path().getParent();
    if (parent == null
        || OpenFiles.status(to.fileSystem(), parent).filter(FileStatus::isDirectory).isEmpty()) {
      throw check.refusal("to", rename.getTo(), "The folder it is in is not there. Make it first");
    }
    boolean renamed = from.fileSystem().rename(from.path(), to.path());
    if (!renamed) {
      throw check.refusal("to", rename.getTo(), "The file system refused it");
    }
    return OpenFiles.answer("renamed", true, context);
  }
}
