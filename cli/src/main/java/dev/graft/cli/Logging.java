package dev.graft.cli;

import java.util.List;
import java.util.Map;

/**
 * Sets what the command logs, unless system properties of slf4j-simple say otherwise. A gateway
 * runs for long and logs for its operators; other commands talk to the person who started them, and
 * log errors only.
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
