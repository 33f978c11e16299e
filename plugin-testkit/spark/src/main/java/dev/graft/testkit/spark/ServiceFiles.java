package dev.graft.testkit.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a plugin jar, or a folder that will be one, names in {@code META-INF/services}. */
final class ServiceFiles {
  private static final String FOLDER = "META-INF/services";

  private ServiceFiles() {}

  /** Whether a services file of Graft's names a class. */
  static boolean name(Path place, String className) {
    try {
      if (Files.isDirectory(place)) {
        return nameIn(place.resolve(FOLDER), className);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return nameIn(jar.getPath(FOLDER), className);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The services files of " + place + " cannot be read", e);
    }
  }

  private static boolean nameIn(Path folder, String className) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("dev.graft.")
            && Files.readAllLines(file).stream().anyMatch(line -> named(line).equals(className))) {
          return true;
        }
      }
      return false;
    }
  }

  private static String named(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }
}
