package dev.graft.benchmarks.build;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The folder that the program's jar, or its classes, are in. */
public final class BuildFolder {
  private BuildFolder() {}

  /** That folder. */
  public static Path path() {
    try {
      return Path.of(BuildFolder.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The jar for Spark in it. */
  public static Path sparkJar() {
    return path().resolve("spark").resolve("graft-spark.jar");
  }
}
