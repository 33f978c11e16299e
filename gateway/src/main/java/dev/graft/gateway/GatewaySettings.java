package dev.graft.gateway;

import dev.graft.gateway.connect.HiddenSettings;
import dev.graft.gateway.threads.LoweringSettings;
import dev.graft.gateway.tls.CertificateFiles;
import dev.graft.gateway.tls.TlsSettings;
import dev.graft.gateway.transport.ConnectionSettings;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.settings.Setting;
import dev.graft.registry.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  private static final Setting<String> HOST =
      Setting.text(PREFIX + "host", "the address it listens on", DEFAULT.host)
          .showing("`127.0.0.1`: this machine only");
  private static final Setting<Integer> PORT =
      Setting.number(PREFIX + "port", "the port; 0 takes a free one", DEFAULT.port, 0, 65_535);
  private static final Setting<Integer> MAX_MESSAGE_BYTES =
      Setting.number(
          PREFIX + "max-message-bytes",
          "the largest message, in either direction",
          DEFAULT.maxMessageBytes,
          1,
          Integer.MAX_VALUE - 8);
  private static final Setting<Integer> MAX_PLAN_BYTES =
      Setting.number(
              PREFIX + "max-plan-bytes",
              "how large a plan may become that a client has compressed; larger ones are refused",
              DEFAULT.maxPlanBytes,
              1,
              Integer.MAX_VALUE - 16)
          .showing(DEFAULT.maxPlanBytes + ", as `spark.connect.maxPlanSize`");
  private static final Setting<Duration> DRAIN =
      Setting.seconds(
          PREFIX + "drain-seconds",
          "how long calls may go on after Ctrl-C; reattachable streams end by themselves after 120 s",
          DEFAULT.drain,
          0,
          DAY);
  private static final Setting<Integer> LOWERING_THREADS =
      Setting.number(
              PREFIX + "lowering-threads",
              "how many plans are lowered at once, one fewer for one user",
              LoweringSettings.DEFAULT.threads(),
              1,
              1_024)
          .showing("the processors, at least 2");
  private static final Setting<Duration> LOWERING_SECONDS =
      Setting.seconds(
          PREFIX + "lowering-seconds",
          "how long lowering one plan may take, and how long a plan may wait for its turn",
          LoweringSettings.DEFAULT.patience(),
          1,
          DAY);
  private static final Setting<Optional<Path>> CERTIFICATE =
      Setting.file(
              PREFIX + "tls.certificate-file",
              "what clients are shown, in PEM: the certificate with those that issued it")
          .showing("plain text");
  private static final Setting<Optional<Path>> KEY =
      Setting.file(
          PREFIX + "tls.key-file",
          "its key (PKCS #8, RSA or EC, not encrypted); both are set, or none");
  private static final Setting<Optional<Path>> CLIENT_AUTHORITIES =
      Setting.file(
              PREFIX + "tls.client-ca-file",
              "clients must show a certificate of one of these authorities")
          .showing("they need none");
  private static final Setting<Optional<Path>> TOKENS =
      Setting.file(
              PREFIX + "token-file",
              "clients must send one of these bearer tokens, one a line; several while clients change from one to the next")
          .showing("they need none");
  private static final Setting<Optional<Path>> BACKEND_AUTHORITIES =
      Setting.file(
              PREFIX + "backend.ca-file",
              "who may have issued the backend's certificate, if its address says `use_ssl=true`, or has a token and is not `localhost`")
          .showing("the authorities of Java");
  private static final Setting<Optional<Path>> BACKEND_CERTIFICATE =
      Setting.file(
              PREFIX + "backend.certificate-file",
              "the certificate that the backend is shown if it asks")
          .showing("nothing");
  private static final Setting<Optional<Path>> BACKEND_KEY =
      Setting.file(PREFIX + "backend.key-file", "its key; both are set, or none");
  private static final Setting<Duration> BACKEND_KEEPALIVE =
      Setting.seconds(
          PREFIX + "backend.keepalive-seconds",
          "after which silence the backend is pinged while calls wait for it; at least 10",
          ConnectionSettings.DEFAULT.backendKeepAlive(),
          10,
          DAY);
  private static final Setting<Duration> RELOAD =
      Setting.seconds(
          PREFIX + "reload-seconds",
          "how often certificates, keys, authorities and tokens are compared with their files",
          TlsSettings.DEFAULT.reload(),
          1,
          DAY);
  private static final Setting<Integer> MAX_CONNECTIONS =
      Setting.number(
          PREFIX + "max-connections",
          "how many clients may be connected; more are closed as they come",
          ConnectionSettings.DEFAULT.most(),
          1,
          1_000_000);
  private static final Setting<Integer> MAX_CALLS =
      Setting.number(
          PREFIX + "max-calls-per-connection",
          "calls at once over one connection; clients hold back more",
          ConnectionSettings.DEFAULT.callsPerConnection(),
          1,
          1_000_000);
  private static final Setting<Duration> MAX_AGE =
      Setting.seconds(
              PREFIX + "max-connection-age-seconds",
              "after which a connection takes no new calls and clients connect anew; its calls go on",
              Duration.ZERO,
              0,
              DAY)
          .showing("0: any age");
  private static final Setting<Duration> HANDSHAKE =
      Setting.seconds(
          PREFIX + "handshake-seconds",
          "how long a new connection may take, TLS included",
          ConnectionSettings.DEFAULT.handshake(),
          1,
          600);
  private static final Setting<Duration> FIRST_CALL =
      Setting.seconds(
          PREFIX + "first-call-seconds",
          "how long a connection may be there before a call over it is let in; questions for the health don't count",
          ConnectionSettings.DEFAULT.firstCall(),
          1,
          DAY);
  private static final Setting<Integer> WINDOW_BYTES =
      Setting.number(
          PREFIX + "window-bytes",
          "how much of a stream may be on its way to the gateway before it has passed it on; more is faster over long distances, and costs memory",
          ConnectionSettings.DEFAULT.windowBytes(),
          64 << 10,
          64 << 20);
  private static final Setting<Integer> MAX_HEADER_BYTES =
      Setting.number(
          PREFIX + "max-header-bytes",
          "the headers or trailers of a call",
          ConnectionSettings.DEFAULT.headerBytes(),
          8 << 10,
          16 << 20);
  private static final Setting<HiddenSettings> HIDDEN =
      Setting.of(
          PREFIX + "hidden-settings",
          "settings of the backend that clients are not told of, with commas between them; `*` stands for any characters, empty hides nothing",
          HiddenSettings.DEFAULT,
          "`*token*, *secret*, *password*, *passphrase*, *access.key*, *accesskey*, *private.key*, *privatekey*, *account.key*`",
          "patterns",
          value -> Optional.of(HiddenSettings.parse(value)));
  private static final Setting<Boolean> REFLECTION =
      Setting.flag(
          PREFIX + "reflection",
          "answer gRPC's reflection services, `v1` and `v1alpha`",
          DEFAULT.reflection);
  private static final Setting<Boolean> REQUEST_LOG =
      Setting.flag(
          PREFIX + "request-log",
          "one line of JSON for each call, on the logger `dev.graft.gateway.requests`",
          DEFAULT.requestLog);

  /** In the order of the documents. */
  private static final List<Setting<?>> ALL =
      List.of(
          HOST,
          PORT,
          MAX_MESSAGE_BYTES,
          MAX_PLAN_BYTES,
          DRAIN,
          LOWERING_THREADS,
          LOWERING_SECONDS,
          CERTIFICATE,
          KEY,
          CLIENT_AUTHORITIES,
          TOKENS,
          BACKEND_AUTHORITIES,
          BACKEND_CERTIFICATE,
          BACKEND_KEY,
          BACKEND_KEEPALIVE,
          RELOAD,
          MAX_CONNECTIONS,
          MAX_CALLS,
          MAX_AGE,
          HANDSHAKE,
          FIRST_CALL,
          WINDOW_BYTES,
          MAX_HEADER_BYTES,
          HIDDEN,
          REFLECTION,
          REQUEST_LOG);

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

  /** The keys for the documents, in Markdown. */
  public static String table() {
    return Setting.table("", ALL);
  }

  /**
   * Reads the settings.
   *
   * @param entries all entries of the configuration, others among them
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if one cannot be understood
   */
  public static GatewaySettings parse(Map<String, String> entries) {
    SettingsReader reader = new SettingsReader(entries, "");
    reader.refuseUnknown(PREFIX, ALL, key -> false);
    return new GatewaySettings(
        reader.get(HOST),
        reader.get(PORT),
        reader.get(MAX_MESSAGE_BYTES),
        reader.get(MAX_PLAN_BYTES),
        reader.get(DRAIN),
        new LoweringSettings(reader.get(LOWERING_THREADS), reader.get(LOWERING_SECONDS)),
        connections(reader),
        tls(reader),
        reader.get(TOKENS),
        reader.get(HIDDEN),
        reader.get(REFLECTION),
        reader.get(REQUEST_LOG));
  }

  private static ConnectionSettings connections(SettingsReader reader) {
    return new ConnectionSettings(
        reader.get(MAX_CONNECTIONS),
        reader.get(MAX_CALLS),
        reader.get(HANDSHAKE),
        reader.get(FIRST_CALL),
        Optional.of(reader.get(MAX_AGE)).filter(age -> !age.isZero()),
        reader.get(WINDOW_BYTES),
        reader.get(MAX_HEADER_BYTES),
        reader.get(BACKEND_KEEPALIVE));
  }

  private static TlsSettings tls(SettingsReader reader) {
    TlsSettings tls =
        new TlsSettings(
            certificate(reader, CERTIFICATE, KEY),
            reader.get(CLIENT_AUTHORITIES),
            reader.get(BACKEND_AUTHORITIES),
            certificate(reader, BACKEND_CERTIFICATE, BACKEND_KEY),
            reader.get(RELOAD));
    if (tls.clientAuthorities().isPresent() && tls.certificate().isEmpty()) {
      throw SettingsReader.invalid(
          CLIENT_AUTHORITIES.key()
              + " asks clients for certificates, which they show over TLS only. Set "
              + CERTIFICATE.key()
              + " and "
              + KEY.key()
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
