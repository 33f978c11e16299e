package dev.graft.builtin.folder;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is open to clients.
 *
 * @param root its path, with a scheme
 * @param writable whether clients may change what is in it
 */
public record OpenFolder(Path root, boolean writable) {
  /** A path with the default file system's scheme and authority, where it has none of its own. */
  static Path qualified(Path path, Configuration configuration) {
    return path.makeQualified(FileSystem.getDefaultUri(configuration), new Path("/"));
  }

  /** Whether the path is the folder's own, or one below it, by its text alone. */
  boolean holds(Path path) {
    return sameFileSystem(root.toUri(), path.toUri())
        && isWithin(root.toUri().getPath(), path.toUri().getPath());
  }

  private static boolean sameFileSystem(URI first, URI second) {
    return text(first.getScheme()).equalsIgnoreCase(text(second.getScheme()))
        && text(first.getAuthority()).equalsIgnoreCase(text(second.getAuthority()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static boolean isWithin(String folder, String path) {
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    return path.equals(folder) || path.startsWith(prefix);
  }

  /**
   * Whether the path leads out of the folder by a symbolic link. Only the local file system has
   * links that its users can make; what is not there yet is judged by what is above it.
   */
  boolean isLeftBy(Path path) throws IOException {
    if (!"file".equalsIgnoreCase(root.toUri().getScheme())) {
      return false;
    }
    java.nio.file.Path real = local(root).toRealPath();
    java.nio.file.Path existing = local(path);
    while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    return existing == null || !existing.toRealPath().startsWith(real);
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
