package dev.graft.builtin.folder;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A path within an open folder.
 *
 * @param fileSystem where it is
 * @param path with scheme and authority
 * @param folder the innermost open folder around it
 * @param all every open folder
 */
public record OpenPath(FileSystem fileSystem, Path path, OpenFolder folder, List<OpenFolder> all) {
  public OpenPath {
    all = List.copyOf(all);
  }

  /** Whether an open folder is here or below: what is deleted or moved would take it away. */
  public boolean holdsAnOpenFolder() {
    OpenFolder here = new OpenFolder(path, false);
    return all.stream().anyMatch(each -> here.holds(each.root()));
  }

  /** Whether another path is this one or below it, by its text alone. */
  public boolean holds(OpenPath other) {
    return new OpenFolder(path, false).holds(other.path);
  }

  /** Whether another path, found below this one, leads out of the open folder by a link. */
  public boolean isLeftBy(Path below) {
    try {
      return folder.isLeftBy(below);
    } catch (IOException e) {
      return true; // a link to nothing
    }
  }
}
