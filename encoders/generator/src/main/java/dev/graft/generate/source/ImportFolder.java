package dev.graft.generate.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A folder with the {@code .proto} files that every source may import, protobuf's, Spark's and
 * Graft's, as they lie in jars of the class path; and with others that are put there. Deleted when
 * it is closed.
 */
final class ImportFolder implements AutoCloseable {
  // Some 45 files; a jar of another's with more than this is not what it says.
  private static final int MOST_FILES = 10_000;
  private static final long MOST_BYTES = 64L << 20;

  private final Path folder;

  ImportFolder() {
    try {
      folder = Files.createTempDirectory("graft-protos-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return folder;
  }

  /** Puts protobuf's, Spark's and Graft's files here. */
  ImportFolder withGiven() throws IOException {
    copyFromClassPath("graft/annotations.proto", List.of("graft", "spark/connect"));
    copyFromClassPath("google/protobuf/any.proto", List.of("google/protobuf"));
    return this;
  }

  private void copyFromClassPath(String example, List<String> parts) throws IOException {
    URL url = ImportFolder.class.getResource("/" + example);
    if (url == null) {
      throw new IOException(example + " is not on the class path");
    }
    String location = url.toString();
    if (location.startsWith("jar:")) {
      Path jar = path(location.substring("jar:".length(), location.indexOf("!/")));
      try (JarFile file = new JarFile(jar.toFile())) {
        copy(file, parts.stream().map(part -> part + "/").toList());
      }
      return;
    }
    Path root = path(location.substring(0, location.length() - example.length()));
    for (String part : parts) {
      copyFolder(root, root.resolve(part));
    }
  }

  /**
   * Copies the {@code .proto} files of a jar that begin with one of some prefixes; none means all.
   *
   * @return their names
   * @throws IOException if the jar cannot be read, or holds more than can be meant
   */
  List<String> copy(JarFile jar, List<String> prefixes) throws IOException {
    List<String> names = new ArrayList<>();
    long bytes = 0;
    for (JarEntry entry : Collections.list(jar.entries())) {
      String name = entry.getName();
      boolean wanted =
          !entry.isDirectory()
              && name.endsWith(".proto")
              && !name.startsWith("META-INF/")
              && (prefixes.isEmpty() || prefixes.stream().anyMatch(name::startsWith));
      if (!wanted) {
        continue;
      }
      Path target = folder.resolve(name).normalize();
      if (!target.startsWith(folder)) {
        throw new IOException(jar.getName() + " has an entry that leaves its folder: " + name);
      }
      Files.createDirectories(target.getParent());
      try (InputStream in = jar.getInputStream(entry)) {
        byte[] content = in.readNBytes((int) (MOST_BYTES - bytes) + 1);
        bytes += content.length;
        if (bytes > MOST_BYTES || names.size() >= MOST_FILES) {
          throw new IOException(
              jar.getName() + " holds more than 64 MiB or 10,000 files of .proto text");
        }
        Files.write(target, content);
      }
      names.add(name);
    }
    Collections.sort(names);
    return names;
  }

  private void copyFolder(Path root, Path part) throws IOException {
    try (Stream<Path> files = Files.walk(part)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".proto")).toList()) {
        Path target = folder.resolve(root.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static Path path(String url) throws IOException {
    try {
      return Path.of(new URI(url));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException(url + " is no file", e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
