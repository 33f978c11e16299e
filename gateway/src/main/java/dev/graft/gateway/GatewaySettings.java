package dev.graft.gateway;

import dev.graft.gateway.connect.HiddenSettings;
import dev.graft.gateway.store.StoreSettings;
import dev.graft.gateway.threads.LoweringSettings;
import dev.graft.gateway.tls.CertificateFiles;
import dev.graft.gateway.tls.TlsSettings;
import dev.graft.gateway.transport.ConnectionSettings;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.settings.Setting;
import dev.graft.registry.settings.SettingsReader;
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
 * @param maxPlanBytes how many bytes a compressed plan may have after decompression; it takes up to
 *     three times as much memory, and all such plans together at most half of the heap
 * @param drain how long calls may go on after the gateway has been told to stop; streams that
 *     clients reattach to end by themselves after two minutes
 * @param lowering the threads that plugins run on
 * @param connections what connections may cost
 * @param tls certificates and authorities
 * @param tokens the file of the bearer tokens that clients must have one of; empty if they need
 *     none
 * @param store where what sessions have is kept
 * @param hidden the settings of the backend whose values no client may read
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
    StoreSettings store,
    HiddenSettings hidden,
    boolean reflection,
    boolean requestLog) {
  /** What the keys of these settings begin with. */
  public static final String PREFIX = "graft.gateway.";

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
          StoreSettings.DEFAULT,
          HiddenSettings.DEFAULT,
          true,
          false);

  /** What can be set beside what every host has, for the documents: a table in Markdown. */
  public static String table() {
    return GatewayKeys.table();
  }

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
        StoreSettings.DEFAULT,
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
        store,
        hidden,
        reflection,
        requestLog);
  }

  /**
   * Reads the settings.
   *
   * @param entries all entries of the configuration, not only the gateway's
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if one cannot be understood
   */
  public static GatewaySettings parse(Map<String, String> entries) {
    SettingsReader reader = new SettingsReader(entries, "");
    reader.refuseUnknown(PREFIX, GatewayKeys.ALL, key -> false);
    return new GatewaySettings(
        reader.get(GatewayKeys.HOST),
        reader.get(GatewayKeys.PORT),
        reader.get(GatewayKeys.MAX_MESSAGE_BYTES),
        reader.get(GatewayKeys.MAX_PLAN_BYTES),
        reader.get(GatewayKeys.DRAIN),
        new LoweringSettings(
            reader.get(GatewayKeys.LOWERING_THREADS), reader.get(GatewayKeys.LOWERING_SECONDS)),
        connections(reader),
        tls(reader),
        reader.get(GatewayKeys.TOKENS),
        new StoreSettings(
            Optional.of(reader.get(GatewayKeys.STORE)).filter(place -> !place.isEmpty()),
            reader.get(GatewayKeys.STORE_PASSWORD),
            reader.get(GatewayKeys.JARS) == StoreSettings.Jars.KEEP),
        reader.get(GatewayKeys.HIDDEN),
        reader.get(GatewayKeys.REFLECTION),
        reader.get(GatewayKeys.REQUEST_LOG));
  }

  private static ConnectionSettings connections(SettingsReader reader) {
    return new ConnectionSettings(
        reader.get(GatewayKeys.MAX_CONNECTIONS),
        reader.get(GatewayKeys.CONNECTIONS_PER_SECOND),
        reader.get(GatewayKeys.MAX_CALLS),
        reader.get(GatewayKeys.HANDSHAKE),
        reader.get(GatewayKeys.FIRST_CALL),
        Optional.of(reader.get(GatewayKeys.MAX_AGE)).filter(age -> !age.isZero()),
        reader.get(GatewayKeys.WINDOW_BYTES),
        reader.get(GatewayKeys.MAX_HEADER_BYTES),
        reader.get(GatewayKeys.BACKEND_KEEPALIVE));
  }

  private static TlsSettings tls(SettingsReader reader) {
    TlsSettings tls =
        new TlsSettings(
            certificate(reader, GatewayKeys.CERTIFICATE, GatewayKeys.KEY),
            reader.get(GatewayKeys.CLIENT_AUTHORITIES),
            reader.get(GatewayKeys.BACKEND_AUTHORITIES),
            certificate(reader, GatewayKeys.BACKEND_CERTIFICATE, GatewayKeys.BACKEND_KEY),
            reader.get(GatewayKeys.RELOAD));
    if (tls.clientAuthorities().isPresent() && tls.certificate().isEmpty()) {
      throw SettingsReader.invalid(
          GatewayKeys.CLIENT_AUTHORITIES.key()
              + " asks clients for certificates, which they show over TLS only. Set "
              + GatewayKeys.CERTIFICATE.key()
              + " and "
              + GatewayKeys.KEY.key()
              + " as well.");
    }
    return tls;
  }

  private static Optional<CertificateFiles> certificate(
      SettingsReader reader, Setting<Optional<Path>> chainFile, Setting<Optional<Path>> keyFile) {
    Optional<Path> chain = reader.get(chainFile);
    Optional<Path> key = reader.get(keyFile);
    if (chain.isPresent() != key.isPresent()) {
      throw SettingsReader.invalid(
          "Of "
              + chainFile.key()
              + " and "
              + keyFile.key()
              + " there is only one. Set both, or none.");
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
