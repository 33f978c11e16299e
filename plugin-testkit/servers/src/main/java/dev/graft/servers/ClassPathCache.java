package dev.graft.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers which jars make a Spark, in a file for each version with a jar in each line. Safe for
 * use by several threads and processes: a file is replaced as a whole.
 */
public final class ClassPathCache {
  private static final Object FINDING = new Object();

  private final Path folder;

  /** A cache in a folder, which is made when it is needed. */
  public ClassPathCache(Path folder) {
    this.folder = folder;
  }

  /** The user's: {@code $XDG_CACHE_HOME/graft}, or {@code ~/.cache/graft}. */
  public static ClassPathCache ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static ClassPathCache of(Map<String, String> environment, Path home) {
    String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
    // By the XDG specification a relative path is to be ignored.
    boolean usable = !configured.isEmpty() && Path.of(configured).isAbsolute();
    return new ClassPathCache(
        (usable ? Path.of(configured) : home.resolve(".cache")).resolve("graft"));
  }

  Path folder() {
    return folder;
  }

  /**
   * The jars of a line, which are found where they are not known. Meanwhile no other process that
   * uses the folder looks for any: Maven cannot put one file into its repository twice at a time.
   */
  @SuppressWarnings("try") // the lock is there for what happens meanwhile
  List<Path> get(SparkLine line, Supplier<List<Path>> find) {
    Optional<List<Path>> known = read(line);
    if (known.isPresent()) {
      return known.get();
    }
    synchronized (FINDING) { // a file lock holds for the whole process, not for one thread
      try {
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(
                    folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          Optional<List<Path>> meanwhile = read(line);
          if (meanwhile.isPresent()) {
            return meanwhile.get();
          }
          List<Path> jars = find.get();
          write(line, jars);
          return jars;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("The folder " + folder + " cannot be used", e);
      }
    }
  }

  /** The jars of a line; empty where they are not known, or one of them is gone. */
  Optional<List<Path>> read(SparkLine line) {
    Path file = file(line);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      List<Path> jars =
          Files.readAllLines(file).stream().filter(jar -> !jar.isBlank()).map(Path::of).toList();
      boolean complete = !jars.isEmpty() && jars.stream().allMatch(Files::isRegularFile);
      return complete ? Optional.of(jars) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // A damaged file is written anew.
    }
  }

  void write(SparkLine line, List<Path> jars) {
    try {
      Files.createDirectories(folder);
      Path written = Files.createTempFile(folder, "spark", ".part");
      Files.write(written, jars.stream().map(Path::toString).toList());
      Files.move(
          written, file(line), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The class path of " + line + " cannot be kept in " + folder, e);
    }
  }

  private Path file(SparkLine line) {
    return folder.resolve(
        "spark-" + line.version() + "_" + line.scala() + "-" + asked(line) + ".classpath");
  }

  /** A digest of what Maven is asked for. Where it has changed, a list found before is not used. */
  private static String asked(SparkLine line) {
    return Integer.toHexString(MavenClassPath.pom(line).hashCode());
  }
}
