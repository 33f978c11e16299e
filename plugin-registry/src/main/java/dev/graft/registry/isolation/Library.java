package dev.graft.registry.isolation;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place where classes and resources lie: a jar, a folder inside a jar, or a folder. Safe for use
 * by several threads.
 *
 * <p>A library that is a jar keeps the file open until it is closed, or collected.
 */
public interface Library extends Closeable {
  /** The bytes at a path such as {@code acme/TopK.class}, or null where there is nothing. */
  byte @Nullable [] read(String path) throws IOException;

  /** Whether there is something at the path. */
  boolean contains(String path);

  /** The path as a URL that can be opened, or null where there is nothing. */
  @Nullable URL url(String path);

  /** All paths, in the order of the library. */
  List<String> paths();

  /**
   * How many paths there are at most, as far as that is known without looking at them; otherwise a
   * number that no jar reaches.
   */
  long size();

  /** The jar or folder that the classes come from. */
  Path origin();

  /**
   * What tells this library from another at its place, to be compared by equality: the file as it
   * was just before it was opened, or its digest. Empty for a folder, of which a change inside
   * would not be seen.
   */
  Optional<Object> version();

  /**
   * Opens a jar or a folder.
   *
   * @throws IOException if there is no such file, or it is neither a folder nor a readable jar
   */
  static Library open(Path path) throws IOException {
    return open(path, "");
  }

  /**
   * Opens a jar or a folder, of which only what lies under a prefix is seen, and without that
   * prefix.
   *
   * @param prefix empty, or a path that ends with a slash
   * @throws IOException if there is no such file, or it is neither a folder nor a readable jar
   */
  static Library open(Path path, String prefix) throws IOException {
    return Files.isDirectory(path)
        ? new FolderLibrary(path.resolve(prefix))
        : new JarLibrary(path, prefix);
  }

  /**
   * Opens a copy of a jar as if it were the jar itself. What its URLs give comes from the copy too,
   * which need not have a name any more.
   *
   * @param origin where the jar lies
   * @param version what tells it from another jar that lies there
   * @throws IOException if the copy is no readable jar
   */
  static Library ofCopy(Path origin, Path copy, Object version) throws IOException {
    return new CopiedJarLibrary(origin, copy, version);
  }
}
