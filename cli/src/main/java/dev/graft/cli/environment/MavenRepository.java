package dev.graft.cli.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The repository on this machine from which Maven takes what projects depend on.
 *
 * @param folder where it is
 */
public record MavenRepository(Path folder) {
  private static final String LAST = "dev/graft/plugin-testkit-spark/";

  /** The user's, or the one that {@code maven.repo.local} names. */
  public static MavenRepository ofUser() {
    String named = System.getProperty("maven.repo.local");
    return new MavenRepository(
        named == null
            ? Path.of(System.getProperty("user.home"), ".m2", "repository")
            : Path.of(named));
  }

  /** Whether a plugin project finds this version of Graft in it; a snapshot may be an older one. */
  public boolean hasGraft() {
    return Files.isDirectory(folder.resolve(LAST + Distribution.version()));
  }

  /**
   * Puts there what a distribution has for plugin projects, as {@code mvn install} would.
   *
   * @return whether the distribution has it: a checkout has not
   */
  public boolean putGraft(Distribution distribution) {
    Path carried = distribution.folder().resolve("maven");
    if (!Files.isDirectory(carried.resolve(LAST))) {
      return false;
    }
    try (Stream<Path> files = Files.walk(carried)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        Path there = folder.resolve(carried.relativize(file).toString());
        Files.createDirectories(there.getParent());
        Files.copy(file, there, StandardCopyOption.REPLACE_EXISTING);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Graft's artifacts cannot be put into Maven's repository " + folder, e);
    }
  }
}
