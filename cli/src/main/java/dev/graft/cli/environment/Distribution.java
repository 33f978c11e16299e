package dev.graft.cli.environment;

import dev.graft.servers.LaunchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Graft's own files, as the build lays them out.
 *
 * @param folder the folder that holds {@code lib}, {@code spark} and {@code demo}
 */
public record Distribution(Path folder) {
  /** The system property by which the script says where the folder is. */
  private static final String HOME = "graft.home";

  /**
   * The distribution that this JVM was started from.
   *
   * @throws LaunchException with {@link LaunchException.Code#DISTRIBUTION_DAMAGED} if the script
   *     did not say where it is
   */
  public static Distribution current() {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new LaunchException(
          LaunchException.Code.DISTRIBUTION_DAMAGED,
          "Graft does not know where its files are. Start it with the script graft, or with -D"
              + HOME
              + "=FOLDER.");
    }
    return new Distribution(Path.of(home).toAbsolutePath().normalize());
  }

  /** The version of Graft. */
  public static String version() {
    try (InputStream in = Distribution.class.getResourceAsStream("build.properties")) {
      Properties build = new Properties();
      build.load(in);
      return build.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jar that goes into Spark. */
  public Path sparkJar() {
    return file("spark/graft-spark.jar");
  }

  /** The demo's configuration. */
  public Path demoConfiguration() {
    return file("demo/demo.properties");
  }

  /** The demo's rows. */
  public Path penguins() {
    return file("demo/data/penguins.csv");
  }

  private Path file(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new LaunchException(
          LaunchException.Code.DISTRIBUTION_DAMAGED,
          file
              + " is missing. Install Graft again; what was built from its sources is built again by"
              + " mvn -DskipTests package.");
    }
    return file;
  }
}
