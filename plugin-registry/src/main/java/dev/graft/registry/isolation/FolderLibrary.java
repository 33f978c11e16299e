package dev.graft.registry.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of classes, as a compiler leaves it. */
final class FolderLibrary implements Library {
  private final Path folder;

  FolderLibrary(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    this.folder = folder.toAbsolutePath();
  }

  @Override
  public byte @Nullable [] read(String path) throws IOException {
    Path file = folder.resolve(path);
    return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
  }

  @Override
  public boolean contains(String path) {
    return Files.exists(folder.resolve(path));
  }

  @Override
  public @Nullable URL url(String path) {
    Path file = folder.resolve(path);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> paths() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Path origin() {
    return folder;
  }

  @Override
  public Optional<Object> version() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // nothing is open
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
