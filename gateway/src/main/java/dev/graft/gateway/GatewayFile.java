package dev.graft.gateway;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's configuration file: Java's properties in UTF-8, with the keys of a Spark server
 * without {@code spark.} in front of them.
 */
public final class GatewayFile {
  private static final String PLUGINS_PATH = "graft.plugins.path";
  private static final Set<String> FILES =
      Set.of(
          "graft.report.path",
          "graft.plugins.list",
          "graft.plugins.signers",
          "graft.sessions.list",
          "graft.sessions.signers",
          "graft.admin.token-file");
  private static final String SPARK = "spark.";

  private GatewayFile() {}

  /**
   * Reads a file. Relative entries of {@code graft.plugins.path} are those beside it, and so are
   * the files that other settings name.
   *
   * @return the settings by key
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if it cannot be read, or has a key that no
   *     gateway knows
   */
  public static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw invalid(file, "there is no such file.", e);
    } catch (IOException | IllegalArgumentException e) {
      throw invalid(file, e + ". It must be properties in UTF-8.", e);
    }
    Map<String, String> settings = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      check(file, key);
      settings.put(key, properties.getProperty(key).strip());
    }
    settings.computeIfPresent(PLUGINS_PATH, (key, value) -> allBeside(file, value));
    settings.replaceAll((key, value) -> isFile(key) ? beside(file, value) : value);
    settings.computeIfPresent(
        GatewayKeys.STORE.key(),
        (key, value) -> value.isEmpty() || value.startsWith("jdbc:") ? value : beside(file, value));
    return settings;
  }

  private static void check(Path file, String key) {
    String shown = ClientText.quote(key);
    if (key.startsWith(SPARK)) {
      throw invalid(
          file,
          "the key '"
              + shown
              + "' is a Spark server's. In a gateway it is '"
              + shown.substring(SPARK.length())
              + "', if it is one that begins with graft. or connect.extensions. there.",
          null);
    }
    if (!key.startsWith("graft.") && !key.startsWith("connect.extensions.")) {
      throw invalid(
          file,
          "the key '" + shown + "' begins neither with graft. nor with connect.extensions.",
          null);
    }
  }

  private static boolean isFile(String key) {
    return FILES.contains(key) || (key.startsWith(GatewaySettings.PREFIX) && key.endsWith("-file"));
  }

  private static String allBeside(Path file, String paths) {
    return Arrays.stream(paths.split(",", -1))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .map(path -> beside(file, path))
        .collect(Collectors.joining(","));
  }

  private static String beside(Path file, String path) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null || path.isEmpty() ? path : folder.resolve(path).normalize().toString();
  }

  private static GraftException invalid(Path file, String why, @Nullable Throwable cause) {
    return new GraftException(
        ErrorCode.GRAFT_CONFIGURATION_INVALID,
        "The configuration " + file + " cannot be used: " + why,
        cause);
  }
}
