package dev.graft.builtin.filesystem;

import dev.graft.api.spark.NativeCommandPlugin;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeResult;
import dev.graft.builtin.folder.OpenPath;
import dev.graft.builtin.v1.DeleteFile;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/** Deletes a file or folder. */
public final class DeleteFilePlugin implements NativeCommandPlugin<DeleteFile> {
  @Override
  public Class<DeleteFile> messageType() {
    return DeleteFile.class;
  }

  @Override
  public Optional<NativeResult> execute(DeleteFile delete, NativeContext context)
      throws IOException {
    OpenFiles files = OpenFiles.of(delete, context);
    OpenPath open = files.folders().toWrite(files.check(), "path", delete.getPath());
    if (open.holdsAnOpenFolder()) {
      throw files
          .check()
          .refusal("path", delete.getPath(), "It is, or holds, a folder that the operator opened");
    }
    Optional<FileStatus> status = OpenFiles.status(open.fileSystem(), open.path());
    if (status.isEmpty()) {
      return OpenFiles.answer("deleted", false, context);
    }
    boolean holdsSome =
        status.get().isDirectory() && open.fileSystem().listStatusIterator(open.path()).hasNext();
    if (holdsSome && !delete.getRecursive()) {
      throw files
          .check()
          .refusal(
              "path", delete.getPath(), "The folder is not empty. Set recursive to delete it all");
    }
    boolean deleted = open.fileSystem().delete(open.path(), delete.getRecursive());
    return OpenFiles.answer("deleted", deleted, context);
  }
}
