package dev.graft.gateway;

import dev.graft.gateway.connect.HiddenSettings;
import dev.graft.gateway.store.StoreSettings;
import dev.graft.gateway.threads.LoweringSettings;
import dev.graft.gateway.tls.TlsSettings;
import dev.graft.gateway.transport.ConnectionSettings;
import dev.graft.registry.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of a gateway, beside those that every host has. */
final class GatewayKeys {
  private static final int DAY = 86_400;

  static final Setting<String> HOST =
      Setting.text(
              GatewaySettings.PREFIX + "host",
              "the address it listens on",
              GatewaySettings.DEFAULT.host())
          .showing("`127.0.0.1`: this machine only");
  static final Setting<Integer> PORT =
      Setting.number(
          GatewaySettings.PREFIX + "port",
          "the port; 0 takes a free one",
          GatewaySettings.DEFAULT.port(),
          0,
          65_535);
  static final Setting<Integer> MAX_MESSAGE_BYTES =
      Setting.number(
          GatewaySettings.PREFIX + "max-message-bytes",
          "the largest message, in either direction",
          GatewaySettings.DEFAULT.maxMessageBytes(),
          1,
          Integer.MAX_VALUE - 8);
  static final Setting<Integer> MAX_PLAN_BYTES =
      Setting.number(
              GatewaySettings.PREFIX + "max-plan-bytes",
              "how large a plan may become that a client has compressed; larger ones are refused",
              GatewaySettings.DEFAULT.maxPlanBytes(),
              1,
              Integer.MAX_VALUE - 16)
          .showing(GatewaySettings.DEFAULT.maxPlanBytes() + ", as `spark.connect.maxPlanSize`");
  static final Setting<Duration> DRAIN =
      Setting.seconds(
          GatewaySettings.PREFIX + "drain-seconds",
          "how long calls may go on after Ctrl-C; reattachable streams end by themselves after 120 s",
          GatewaySettings.DEFAULT.drain(),
          0,
          DAY);
  static final Setting<Integer> LOWERING_THREADS =
      Setting.number(
              GatewaySettings.PREFIX + "lowering-threads",
              "how many plans are lowered at once, one fewer for one user",
              LoweringSettings.DEFAULT.threads(),
              1,
              1_024)
          .showing("the processors, at least 2");
  static final Setting<Duration> LOWERING_SECONDS =
      Setting.seconds(
          GatewaySettings.PREFIX + "lowering-seconds",
          "how long lowering one plan may take, and how long a plan may wait for its turn",
          LoweringSettings.DEFAULT.patience(),
          1,
          DAY);
  static final Setting<Optional<Path>> CERTIFICATE =
      Setting.file(
              GatewaySettings.PREFIX + "tls.certificate-file",
              "what clients are shown, in PEM: the certificate with those that issued it")
          .showing("plain text");
  static final Setting<Optional<Path>> KEY =
      Setting.file(
          GatewaySettings.PREFIX + "tls.key-file",
          "its key (PKCS #8, RSA or EC, not encrypted); both are set, or none");
  static final Setting<Optional<Path>> CLIENT_AUTHORITIES =
      Setting.file(
              GatewaySettings.PREFIX + "tls.client-ca-file",
              "clients must show a certificate of one of these authorities")
          .showing("they need none");
  static final Setting<Optional<Path>> TOKENS =
      Setting.file(
              GatewaySettings.PREFIX + "token-file",
              "clients must send one of these bearer tokens, one a line; several while clients change from one to the next")
          .showing("they need none");
  static final Setting<Optional<Path>> BACKEND_AUTHORITIES =
      Setting.file(
              GatewaySettings.PREFIX + "backend.ca-file",
              "who may have issued the backend's certificate, if its address says `use_ssl=true`, or has a token and is not `localhost`")
          .showing("the authorities of Java");
  static final Setting<Optional<Path>> BACKEND_CERTIFICATE =
      Setting.file(
              GatewaySettings.PREFIX + "backend.certificate-file",
              "the certificate that the backend is shown if it asks")
          .showing("nothing");
  static final Setting<Optional<Path>> BACKEND_KEY =
      Setting.file(GatewaySettings.PREFIX + "backend.key-file", "its key; both are set, or none");
  static final Setting<Duration> BACKEND_KEEPALIVE =
      Setting.seconds(
          GatewaySettings.PREFIX + "backend.keepalive-seconds",
          "after which silence the backend is pinged while calls wait for it; at least 10",
          ConnectionSettings.DEFAULT.backendKeepAlive(),
          10,
          DAY);
  static final Setting<Duration> RELOAD =
      Setting.seconds(
          GatewaySettings.PREFIX + "reload-seconds",
          "how often certificates, keys, authorities and tokens are compared with their files",
          TlsSettings.DEFAULT.reload(),
          1,
          DAY);
  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.number(
          GatewaySettings.PREFIX + "max-connections",
          "how many clients may be connected; more are closed as they come",
          ConnectionSettings.DEFAULT.most(),
          1,
          1_000_000);
  static final Setting<Integer> CONNECTIONS_PER_SECOND =
      Setting.number(
          GatewaySettings.PREFIX + "connections-per-second",
          "how many connections the clients of one address may open within a second; more are closed as they come",
          ConnectionSettings.DEFAULT.perSecond(),
          1,
          1_000_000);
  static final Setting<Integer> MAX_CALLS =
      Setting.number(
          GatewaySettings.PREFIX + "max-calls-per-connection",
          "calls at once over one connection; clients hold back more",
          ConnectionSettings.DEFAULT.callsPerConnection(),
          1,
          1_000_000);
  static final Setting<Duration> MAX_AGE =
      Setting.seconds(
              GatewaySettings.PREFIX + "max-connection-age-seconds",
              "after which a connection takes no new calls and clients connect anew; its calls go on",
              Duration.ZERO,
              0,
              DAY)
          .showing("0: any age");
  static final Setting<Duration> HANDSHAKE =
      Setting.seconds(
          GatewaySettings.PREFIX + "handshake-seconds",
          "how long a new connection may take, TLS included",
          ConnectionSettings.DEFAULT.handshake(),
          1,
          600);
  static final Setting<Duration> FIRST_CALL =
      Setting.seconds(
          GatewaySettings.PREFIX + "first-call-seconds",
          "how long a connection may be there before a call over it is let in; questions for the health don't count",
          ConnectionSettings.DEFAULT.firstCall(),
          1,
          DAY);
  static final Setting<Integer> WINDOW_BYTES =
      Setting.number(
          GatewaySettings.PREFIX + "window-bytes",
          "how much of a stream may be on its way to the gateway before it has passed it on; more is faster over long distances, and costs memory",
          ConnectionSettings.DEFAULT.windowBytes(),
          64 << 10,
          64 << 20);
  static final Setting<Integer> MAX_HEADER_BYTES =
      Setting.number(
          GatewaySettings.PREFIX + "max-header-bytes",
          "the headers or trailers of a call",
          ConnectionSettings.DEFAULT.headerBytes(),
          8 << 10,
          16 << 20);
  static final Setting<String> STORE =
      Setting.of(
          GatewaySettings.PREFIX + "session-store",
          "where the jars of sessions are kept: a folder, for one gateway alone, or `jdbc:postgresql://HOST/DATABASE?user=NAME`, for all gateways before one backend; sessions then go on when a gateway ends",
          "",
          "memory, and a folder that ends with the gateway",
          "a folder, or an address that begins with jdbc:postgresql:",
          value ->
              Optional.of(value)
                  .filter(
                      place -> !place.startsWith("jdbc:") || place.startsWith("jdbc:postgresql:")));
  static final Setting<Optional<Path>> STORE_PASSWORD =
      Setting.file(
          GatewaySettings.PREFIX + "session-store-password-file",
          "the password of the database's user");
  static final Setting<StoreSettings.Jars> JARS =
      Setting.choice(
          GatewaySettings.PREFIX + "session-jars",
          "what becomes of jars that clients add where sessions may have plugins: `forward`: the backend gets them as well; `keep`: it gets none, for backends that take none, and jars without plugins are refused",
          StoreSettings.Jars.FORWARD);
  static final Setting<HiddenSettings> HIDDEN =
      Setting.of(
          GatewaySettings.PREFIX + "hidden-settings",
          "settings of the backend that clients are not told of, with commas between them; `*` stands for any characters, empty hides nothing",
          HiddenSettings.DEFAULT,
          "`*token*, *secret*, *password*, *passphrase*, *access.key*, *accesskey*, *private.key*, *privatekey*, *account.key*`",
          "patterns",
          value -> Optional.of(HiddenSettings.parse(value)));
  static final Setting<Boolean> REFLECTION =
      Setting.flag(
          GatewaySettings.PREFIX + "reflection",
          "answer gRPC's reflection services, `v1` and `v1alpha`",
          GatewaySettings.DEFAULT.reflection());
  static final Setting<Boolean> REQUEST_LOG =
      Setting.flag(
          GatewaySettings.PREFIX + "request-log",
          "one line of JSON for each call, on the logger `dev.graft.gateway.requests`",
          GatewaySettings.DEFAULT.requestLog());

  /** In the order of the documents. */
  static final List<Setting<?>> ALL =
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
          CONNECTIONS_PER_SECOND,
          MAX_CALLS,
          MAX_AGE,
          HANDSHAKE,
          FIRST_CALL,
          WINDOW_BYTES,
          MAX_HEADER_BYTES,
          STORE,
          STORE_PASSWORD,
          JARS,
          HIDDEN,
          REFLECTION,
          REQUEST_LOG);

  private GatewayKeys() {}

  /** The keys for the documents, in Markdown. */
  static String table() {
    return Setting.table("", ALL);
  }
}
