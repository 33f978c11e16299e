package dev.graft.builtin.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder on this machine for the contracts of the native plugins, and the settings of the server
 * that they share.
 */
public final class FolderForContracts {
  /** Where everything is. */
  public static final Path ROOT = Path.of("target/contracts").toAbsolutePath();

  private static final Path OPEN = ROOT.resolve("open");
  private static final Path ARCHIVE = ROOT.resolve("archive");

  /** What the operator of the server has opened. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "filesystem.roots", OPEN.toString(),
          "filesystem.read-only-roots", ARCHIVE.toString(),
          "context.checkpoint-roots", ROOT.resolve("checkpoints").toString(),
          "context.local-properties", "spark.scheduler.pool,spark.test.note");

  /** Paths that clients may name: in the open folders, above them, elsewhere, and none at all. */
  static final List<String> PATHS =
      Stream.concat(
              Stream.of("", "team", "team/a.txt", "team/deep", "team/deep/b.txt", "new", "new/er")
                  .map(path -> OPEN.resolve(path).toString()),
              Stream.of(
                  ARCHIVE.resolve("old.txt").toString(),
                  OPEN.resolve("../archive/old.txt").toString(),
                  ROOT.toString(),
                  ROOT.resolve("closed.txt").toString(),
                  "team",
                  "hdfs://nowhere/open",
                  ""))
          .toList();

  /** Files enough that some are left however many have been moved. */
  static final List<String> MOVABLE =
      IntStream.range(0, 60).mapToObj(number -> OPEN.resolve("file-" + number).toString()).toList();

  private FolderForContracts() {}

  /** Fills it anew. */
  static void fill() throws IOException {
    if (Files.isDirectory(ROOT)) {
      try (Stream<Path> walk = Files.walk(ROOT)) {
        for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(OPEN.resolve("team/deep"));
    Files.createDirectories(ARCHIVE);
    Files.writeString(OPEN.resolve("team/a.txt"), "a");
    Files.writeString(OPEN.resolve("team/deep/b.txt"), "b");
    for (String name : MOVABLE) {
      Files.writeString(Path.of(name), name);
    }
    Files.writeString(ARCHIVE.resolve("old.txt"), "old");
    Files.writeString(ROOT.resolve("closed.txt"), "closed");
  }

  /** What is in it, by path and size. */
  static String content() throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.sorted()
          .map(path -> path + " " + (Files.isDirectory(path) ? "" : path.toFile().length()))
          .collect(Collectors.joining("\n"));
    }
  }
}
