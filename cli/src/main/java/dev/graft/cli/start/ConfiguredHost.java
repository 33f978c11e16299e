package dev.graft.cli.start;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Whose settings a file has. */
public enum ConfiguredHost {
  /** A Spark server's. */
  SPARK,
  /** A gateway's. */
  GATEWAY;

  /**
   * Tells by the keys: a Spark server's begin with {@code spark.}. Of a file that cannot be read it
   * is a Spark server's, whose reader says what is wrong with it.
   */
  public static ConfiguredHost of(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      return SPARK;
    }
    boolean ofGateway =
        properties.stringPropertyNames().stream()
            .anyMatch(key -> key.startsWith("graft.") || key.startsWith("connect.extensions."));
    boolean ofSpark =
        properties.stringPropertyNames().stream().anyMatch(key -> key.startsWith("spark."));
    return ofGateway && !ofSpark ? GATEWAY : SPARK;
  }
}
