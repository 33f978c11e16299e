package dev.graft.builtin.filesystem;

import dev.graft.api.spark.NativeCommandPlugin;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeResult;
import dev.graft.builtin.folder.OpenPath;
import dev.graft.builtin.v1.MakeFolder;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.ParentNotDirectoryException;

/** Makes a folder, and those above it. */
public final class MakeFolderPlugin implements NativeCommandPlugin<MakeFolder> {
  @Override
  public Class<MakeFolder> messageType() {
    return MakeFolder.class;
  }

  @Override
  public Optional<NativeResult> execute(MakeFolder make, NativeContext context) throws IOException {
    OpenFiles files = OpenFiles.of(make, context);
    OpenPath open = files.folders().toWrite(files.check(), "path", make.getPath());
    boolean isThere =
        OpenFiles.status(open.fileSystem(), open.path())
            .filter(FileStatus::isDirectory)
            .isPresent();
    if (!isThere) {
      make(make, files, open);
    }
    return OpenFiles.answer("made", !isThere, context);
  }

  private static void make(MakeFolder make, OpenFiles files, OpenPath open) throws IOException {
    boolean made;
    try {
      made = open.fileSystem().mkdirs(open.path());
    } catch (FileAlreadyExistsException | ParentNotDirectoryException e) {
      made = false;
    }
    if (!made) {
      throw files
          .check()
          .refusal("path", make.getPath(), "It, or what is above it, is a file, or is locked");
    }
  }
}
