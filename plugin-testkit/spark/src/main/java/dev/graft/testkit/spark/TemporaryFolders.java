package dev.graft.testkit.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that live as long as the JVM, for the servers' plugins. */
final class TemporaryFolders {
  private TemporaryFolders() {}

  static void deleteAtEnd(Path folder) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete-plugins"));
  }

  private static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // What is left lies in the system's folder for temporary files, which is cleared by others.
    }
  }
}
