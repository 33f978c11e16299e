package dev.graft.registry.loading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the files in the plugin folders looked like at one moment, to be compared by equality: their
 * names, sizes, times and identities, not their content.
 *
 * @param files by their paths; of what cannot be looked at, the reason
 */
public record FolderState(Map<Path, Object> files) {
  public FolderState {
    files = Map.copyOf(files);
  }

  /** What a file looks like. Where it is a link, what it leads to. */
  private record Looks(long size, long modifiedNanos, String key) {
    static Object of(Path file) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Looks(
            found.size(),
            found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
            String.valueOf(found.fileKey()));
      } catch (IOException e) {
        return e.toString();
      }
    }
  }

  /** What lies there now. */
  public static FolderState of(List<Path> pluginPath) {
    Map<Path, Object> files = new TreeMap<>();
    for (Path path : pluginPath) {
      try (Stream<Path> found = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
        found
            .filter(file -> !Files.isDirectory(file))
            .forEach(file -> files.put(file, Looks.of(file)));
      } catch (IOException | UncheckedIOException e) {
        files.put(path, e.toString());
      }
    }
    return new FolderState(files);
  }

  /** The files that are there in one of two states only, or look different in them. */
  public List<Path> differences(FolderState other) {
    List<Path> different = new ArrayList<>();
    Stream.concat(files.keySet().stream(), other.files.keySet().stream())
        .distinct()
        .sorted()
        .filter(file -> !Objects.equals(files.get(file), other.files.get(file)))
        .forEach(different::add);
    return different;
  }
}
