package dev.graft.builtin.filesystem;

import dev.graft.builtin.folder.OpenPath;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.spi.PlanningException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A walk through a folder, which ends when there is more than was asked for. What leads out of the
 * open folder by a symbolic link is left out.
 *
 * @param limit how many files and folders are listed at most
 */
record Listing(OpenPath open, boolean recursive, int limit, OptionCheck check) {
  /** A walk by links that lead upwards would not end by itself before this. */
  private static final int DEEPEST = 100;

  /**
   * What is there, in no order.
   *
   * @throws PlanningException if it is more than the limit
   */
  List<FileStatus> list() throws IOException {
    List<FileStatus> found = new ArrayList<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(open.path()));
    int deepest = open.path().depth() + DEEPEST;
    while (!folders.isEmpty()) {
      Path folder = folders.pop();
      RemoteIterator<FileStatus> entries = entries(folder);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        if (open.isLeftBy(entry.getPath())) {
          continue;
        }
        if (found.size() == limit) {
          throw tooMany();
        }
        found.add(entry);
        if (recursive && entry.isDirectory()) {
          check.between(entry.getPath().depth(), 0, deepest, "the depth of the folders");
          folders.push(entry.getPath());
        }
      }
    }
    return found;
  }

  private RemoteIterator<FileStatus> entries(Path folder) throws IOException {
    try {
      return open.fileSystem().listStatusIterator(folder);
    } catch (FileNotFoundException e) {
      throw check.refusal("path", folder, "It was deleted while it was listed. Try again");
    }
  }

  private PlanningException tooMany() {
    return check.refusal(
        "path",
        open.path(),
        "It holds more than "
            + limit
            + " files and folders. Name one within it, or give a limit, as high as the server's"
            + " filesystem.max-listing allows");
  }
}
