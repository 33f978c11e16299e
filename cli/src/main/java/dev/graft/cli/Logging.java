package dev.graft.cli;

import java.util.List;
import java.util.Map;

/**
 * What the command logs unless somebody has set it otherwise, by system properties of slf4j-simple.
 * A gateway is there for long and has operators; other commands talk to whoever has started them,
 * and log what goes wrong.
 */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";
  private static final Map<String, String> OF_GATEWAY =
      Map.of(
          "defaultLogLevel", "warn",
          "log.dev.graft", "info",
          "showDateTime", "true",
          "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
  private static final Map<String, String> OF_OTHERS = Map.of("defaultLogLevel", "error");

  private Logging() {}

  /** Sets up logging; to be called before anything is logged. */
  static void setUp(List<String> arguments) {
    boolean gateway = !arguments.isEmpty() && arguments.get(0).equals("gateway");
    (gateway ? OF_GATEWAY : OF_OTHERS)
        .forEach(
            (name, value) -> {
              if (System.getProperty(PREFIX + name) == null) {
                System.setProperty(PREFIX + name, value);
              }
            });
  }
}
