package dev.graft.gateway;

import dev.graft.gateway.connect.HiddenSettings;
import dev.graft.gateway.threads.LoweringSettings;
import dev.graft.gateway.tls.CertificateFiles;
import dev.graft.gateway.tls.TlsSettings;
import dev.graft.gateway.transport.ConnectionSettings;
import dev.graft.registry.error.GraftException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the gateway serves.
 *
 * @param host the address it listens on
 * @param port from 1 to 65,535, or 0 for a free one
 * @param maxMessageBytes the largest message that passes, in either direction
 * @param maxPlanBytes how large a plan may become that a client has compressed; up to three times
 *     as much memory is used, and half of the heap for all of them
 * @param drain how long calls may go on after the gateway has been told to stop; streams that
 *     clients reattach to end by themselves after two minutes
 * @param lowering the threads that plugins run on
 * @param connections what connections may cost
 * @param tls certificates and authorities
 * @param tokens the file of the bearer tokens that clients must have one of; empty if they need
 *     none
 * @param hidden settings of the backend that no client is told of
 * @param reflection whether gRPC's reflection services are there
 * @param requestLog whether each call is logged
 */
public record GatewaySettings(
    String host,
    int port,
    int maxMessageBytes,
    int maxPlanBytes,
    Duration drain,
    LoweringSettings lowering,
    ConnectionSettings connections,
    TlsSettings tls,
    Optional<Path> tokens,
    HiddenSettings hidden,
    boolean reflection,
    boolean requestLog) {
  /** What the keys of these settings begin with. */
  public static final String PREFIX = "graft.gateway.";

  private static final int DAY = 86_400;

  /** This machine only, Spark Connect's port and limits, and two minutes and a half to drain. */
  public static final GatewaySettings DEFAULT =
      new GatewaySettings(
          "127.0.0.1",
          15002,
          128 << 20,
          512 << 20, // as spark.connect.maxPlanSize
          Duration.ofSeconds(150),
          LoweringSettings.DEFAULT,
          ConnectionSettings.DEFAULT,
          TlsSettings.DEFAULT,
          Optional.empty(),
          HiddenSettings.DEFAULT,
          true,
          false);

  public GatewaySettings {
    if (port < 0 || port > 65_535 || maxMessageBytes < 1 || maxPlanBytes < 1) {
      throw new IllegalArgumentException(port + ", " + maxMessageBytes + ", " + maxPlanBytes);
    }
  }

  /** Settings with the defaults of what is not named here. */
  public GatewaySettings(
      String host, int port, int maxMessageBytes, Duration drain, int loweringThreads) {
    this(host, port, maxMessageBytes, drain, loweringThreads, DEFAULT.maxPlanBytes);
  }

  /** Settings with the defaults of what is not named here. */
  public GatewaySettings(
      String host,
      int port,
      int maxMessageBytes,
      Duration drain,
      int loweringThreads,
      int maxPlanBytes) {
    this(
        host,
        port,
        maxMessageBytes,
        maxPlanBytes,
        drain,
        new LoweringSettings(loweringThreads, LoweringSettings.DEFAULT.patience()),
        ConnectionSettings.DEFAULT,
        TlsSettings.DEFAULT,
        Optional.empty(),
        DEFAULT.hidden,
        DEFAULT.reflection,
        DEFAULT.requestLog);
  }

  /** The same on another port. */
  public GatewaySettings withPort(int other) {
    return new GatewaySettings(
        host,
        other,
        maxMessageBytes,
        maxPlanBytes,
        drain,
        lowering,
        connections,
        tls,
        tokens,
        hidden,
        reflection,
        requestLog);
  }

  /**
   * Reads the settings.
   *
   * @param entries all entries of the configuration, others among them
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if one cannot be understood
   */
  public static GatewaySettings parse(Map<String, String> entries) {
    SettingsReader reader = new SettingsReader(entries, PREFIX);
    GatewaySettings settings =
        new GatewaySettings(
            reader.text("host", DEFAULT.host),
            reader.number("port", DEFAULT.port, 0, 65_535),
            reader.number("max-message-bytes", DEFAULT.maxMessageBytes, 1, Integer.MAX_VALUE - 8),
            reader.number("max-plan-bytes", DEFAULT.maxPlanBytes, 1, Integer.MAX_VALUE - 16),
            reader.seconds("drain-seconds", DEFAULT.drain, 0, DAY),
            lowering(reader),
            connections(reader),
            tls(reader),
            reader.file("token-file"),
            reader.value("hidden-settings").map(HiddenSettings::parse).orElse(DEFAULT.hidden),
            reader.flag("reflection", DEFAULT.reflection),
            reader.flag("request-log", DEFAULT.requestLog));
    reader.refuseOthers();
    return settings;
  }

  private static LoweringSettings lowering(SettingsReader reader) {
    LoweringSettings byDefault = LoweringSettings.DEFAULT;
    return new LoweringSettings(
        reader.number("lowering-threads", byDefault.threads(), 1, 1_024),
        reader.seconds("lowering-seconds", byDefault.patience(), 1, DAY));
  }

  private static ConnectionSettings connections(SettingsReader reader) {
    ConnectionSettings byDefault = ConnectionSettings.DEFAULT;
    int age = reader.number("max-connection-age-seconds", 0, 0, DAY);
    return new ConnectionSettings(
        reader.number("max-connections", byDefault.most(), 1, 1_000_000),
        reader.number("max-calls-per-connection", byDefault.callsPerConnection(), 1, 1_000_000),
        reader.seconds("handshake-seconds", byDefault.handshake(), 1, 600),
        reader.seconds("first-call-seconds", byDefault.firstCall(), 1, 86_400),
        age == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(age)),
        reader.number("window-bytes", byDefault.windowBytes(), 64 << 10, 64 << 20),
        reader.number("max-header-bytes", byDefault.headerBytes(), 8 << 10, 16 << 20),
        reader.seconds("backend.keepalive-seconds", byDefault.backendKeepAlive(), 10, DAY));
  }

  private static TlsSettings tls(SettingsReader reader) {
    TlsSettings tls =
        new TlsSettings(
            certificate(reader, "tls."),
            reader.file("tls.client-ca-file"),
            reader.file("backend.ca-file"),
            certificate(reader, "backend."),
            reader.seconds("reload-seconds", TlsSettings.DEFAULT.reload(), 1, DAY));
    if (tls.clientAuthorities().isPresent() && tls.certificate().isEmpty()) {
      throw SettingsReader.invalid(
          PREFIX
              + "tls.client-ca-file asks clients for certificates, which they show over TLS only. Set "
              + PREFIX
              + "tls.certificate-file and "
              + PREFIX
              + "tls.key-file as well.");
    }
    return tls;
  }

  private static Optional<CertificateFiles> certificate(SettingsReader reader, String side) {
    Optional<Path> chain = reader.file(side + "certificate-file");
    Optional<Path> key = reader.file(side + "key-file");
    if (chain.isPresent() != key.isPresent()) {
      throw SettingsReader.invalid(
          "Of "
              + PREFIX
              + side
              + "certificate-file and "
              + PREFIX
              + side
              + "key-file there is only one. Set both, or none.");
    }
    return chain.map(file -> new CertificateFiles(file, key.orElseThrow()));
  }

  /** The entries that are not the gateway's own. */
  static Map<String, String> others(Map<String, String> entries) {
    Map<String, String> others = new TreeMap<>(entries);
    others.keySet().removeIf(key -> key.startsWith(PREFIX));
    return others;
  }
}
