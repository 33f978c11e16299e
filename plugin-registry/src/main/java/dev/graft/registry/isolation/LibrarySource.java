package dev.graft.registry.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a library is to be opened.
 *
 * @param path a jar or a folder
 * @param prefix empty, or the folder inside the jar that holds the library, ending with a slash
 */
public record LibrarySource(Path path, String prefix) {
  public LibrarySource {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(prefix, "prefix");
  }

  /** A whole jar or folder. */
  public LibrarySource(Path path) {
    this(path, "");
  }

  /**
   * Opens it.
   *
   * @throws IOException if it is not there or cannot be read
   */
  public Library open() throws IOException {
    return Library.open(path, prefix);
  }
}
