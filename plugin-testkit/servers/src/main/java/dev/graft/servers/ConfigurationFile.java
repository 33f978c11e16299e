package dev.graft.servers;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files of settings in the form of {@code spark-defaults.conf}: Java's properties, in UTF-8. */
public final class ConfigurationFile {
  /** The key whose relative paths are seen from the file's folder. */
  private static final String PLUGINS_PATH = "spark.graft.plugins.path";

  private static final Set<String> FILES =
      Set.of(
          "spark.graft.plugins.list",
          "spark.graft.plugins.signers",
          "spark.graft.sessions.list",
          "spark.graft.sessions.signers",
          "spark.graft.admin.token-file");

  private ConfigurationFile() {}

  /**
   * Reads a file. Relative entries of {@code spark.graft.plugins.path}, and the files that say what
   * and who is trusted, are made absolute, seen from the file's folder.
   *
   * @return the settings by key
   * @throws LaunchException with {@link LaunchException.Code#CONFIGURATION_UNREADABLE} if it cannot
   *     be read, or a key is not Spark's
   */
  public static Map<String, String> read(Path file) {
    Map<String, String> settings = load(file);
    for (String key : settings.keySet()) {
      if (!key.startsWith("spark.")) {
        // Spark would ignore the key without an error.
        throw unreadable(
            file,
            "the key '"
                + key
                + "' does not begin with 'spark.'; each line is a key of Spark's and a value.",
            null);
      }
    }
    settings.computeIfPresent(PLUGINS_PATH, (key, value) -> absolute(value, file));
    settings.replaceAll((key, value) -> FILES.contains(key) ? absolute(value, file) : value);
    return settings;
  }

  /**
   * Reads an installation's own defaults, where keys that are not Spark's are left out, as Spark
   * does.
   */
  static Map<String, String> readDefaults(Path file) {
    Map<String, String> settings = load(file);
    settings.keySet().removeIf(key -> !key.startsWith("spark."));
    return settings;
  }

  private static Map<String, String> load(Path file) {
    if (!Files.isRegularFile(file)) {
      throw unreadable(
          file, Files.exists(file) ? "it is not a file." : "there is no such file.", null);
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (MalformedInputException e) {
      throw unreadable(file, "it is not UTF-8 text.", e);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, String.valueOf(e.getMessage()), e);
    }
    Map<String, String> settings = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      settings.put(key, properties.getProperty(key).strip());
    }
    return settings;
  }

  private static String absolute(String paths, Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return Arrays.stream(paths.split(",", -1))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .map(path -> folder == null ? path : folder.resolve(path).normalize().toString())
        .collect(Collectors.joining(","));
  }

  private static LaunchException unreadable(Path file, String why, @Nullable Throwable cause) {
    return new LaunchException(
        LaunchException.Code.CONFIGURATION_UNREADABLE,
        "The configuration " + file + " cannot be read: " + why,
        cause);
  }
}
