package dev.graft.gateway;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the gateway serves.
 *
 * @param host the address it listens on
 * @param port from 1 to 65,535, or 0 for a free one
 * @param maxMessageBytes the largest message that passes, in either direction
 * @param drain how long calls may go on after the gateway has been told to stop; streams that
 *     clients reattach to end by themselves after two minutes
 * @param loweringThreads how many plans are lowered at once
 */
public record GatewaySettings(
    String host, int port, int maxMessageBytes, Duration drain, int loweringThreads) {
  /** What the keys of these settings begin with. */
  public static final String PREFIX = "graft.gateway.";

  private static final String HOST = PREFIX + "host";
  private static final String PORT = PREFIX + "port";
  private static final String MAX_MESSAGE_BYTES = PREFIX + "max-message-bytes";
  private static final String DRAIN_SECONDS = PREFIX + "drain-seconds";
  private static final String LOWERING_THREADS = PREFIX + "lowering-threads";
  private static final Set<String> KEYS =
      Set.of(HOST, PORT, MAX_MESSAGE_BYTES, DRAIN_SECONDS, LOWERING_THREADS);

  /** This machine only, Spark Connect's port, its 128 MiB, and two minutes and a half. */
  public static final GatewaySettings DEFAULT =
      new GatewaySettings(
          "127.0.0.1",
          15002,
          128 << 20,
          Duration.ofSeconds(150),
          Math.max(2, Runtime.getRuntime().availableProcessors()));

  public GatewaySettings {
    if (port < 0 || port > 65_535 || maxMessageBytes < 1 || loweringThreads < 1) {
      throw new IllegalArgumentException(port + ", " + maxMessageBytes + ", " + loweringThreads);
    }
  }

  /** The same on another port. */
  public GatewaySettings withPort(int other) {
    return new GatewaySettings(host, other, maxMessageBytes, drain, loweringThreads);
  }

  /**
   * Reads the settings.
   *
   * @param entries all entries of the configuration, others among them
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if one cannot be understood
   */
  public static GatewaySettings parse(Map<String, String> entries) {
    for (String key : entries.keySet()) {
      if (key.startsWith(PREFIX) && !KEYS.contains(key)) {
        throw invalid(
            "There is no setting "
                + ClientText.quote(key)
                + ". There are "
                + KEYS.stream().sorted().collect(Collectors.joining(", "))
                + ".");
      }
    }
    return new GatewaySettings(
        entries.getOrDefault(HOST, DEFAULT.host),
        number(entries, PORT, DEFAULT.port, 0, 65_535),
        number(entries, MAX_MESSAGE_BYTES, DEFAULT.maxMessageBytes, 1, Integer.MAX_VALUE - 8),
        Duration.ofSeconds(
            number(entries, DRAIN_SECONDS, (int) DEFAULT.drain.toSeconds(), 0, 86_400)),
        number(entries, LOWERING_THREADS, DEFAULT.loweringThreads, 1, 1_024));
  }

  /** The entries that are not the gateway's own. */
  static Map<String, String> others(Map<String, String> entries) {
    Map<String, String> others = new TreeMap<>(entries);
    others.keySet().removeIf(key -> key.startsWith(PREFIX));
    return others;
  }

  private static int number(
      Map<String, String> entries, String key, int byDefault, int least, int most) {
    String value = entries.get(key);
    if (value == null) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the refusal, which says what is wanted
    }
    throw invalid(
        key
            + " is '"
            + ClientText.quote(value)
            + "'; it must be a whole number from "
            + least
            + " to "
            + most
            + ".");
  }

  private static GraftException invalid(String text) {
    return new GraftException(ErrorCode.GRAFT_CONFIGURATION_INVALID, text);
  }
}
