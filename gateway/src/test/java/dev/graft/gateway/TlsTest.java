package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.gateway.ByteClient.Call;
import dev.graft.gateway.tls.CertificateFiles;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.netty.pkitesting.X509Bundle;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS on both sides, with certificates made for the test and files that change. */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class TlsTest {
  private static final String ECHO = "acme.Anything/Echo";

  private static TestCertificates authority;
  private static TestCertificates another;

  @TempDir Path folder;
  private ByteBackend backend;
  private CertificateFiles shown;
  private final Map<String, String> entries = new TreeMap<>();
  private Gateway gateway;

  @BeforeEach
  void prepare() throws Exception {
    if (authority == null) {
      authority = new TestCertificates("authority");
      another = new TestCertificates("another");
    }
    authority.writeTo(folder.resolve("ca.pem"));
    another.writeTo(folder.resolve("another-ca.pem"));
    backend = new ByteBackend();
    show(authority.issue("gateway"));
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "0");
    entries.put("graft.gateway.reload-seconds", "1");
  }

  private void show(X509Bundle certificate) {
    shown = TestCertificates.write(certificate, folder, "gateway");
    entries.put("graft.gateway.tls.certificate-file", shown.chain().toString());
    entries.put("graft.gateway.tls.key-file", shown.key().toString());
  }

  private void start() {
    start("");
  }

  private void start(String parameters) {
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port() + "/;" + parameters));
  }

  @AfterEach
  void stop() {
    backend.close();
    if (gateway != null) {
      gateway.close();
    }
  }

  private ChannelCredentials trusting(String file) throws Exception {
    return TlsChannelCredentials.newBuilder().trustManager(folder.resolve(file).toFile()).build();
  }

  private ChannelCredentials with(X509Bundle certificate) throws Exception {
    CertificateFiles files = TestCertificates.write(certificate, folder, "client");
    return TlsChannelCredentials.newBuilder()
        .trustManager(folder.resolve("ca.pem").toFile())
        .keyManager(files.chain().toFile(), files.key().toFile())
        .build();
  }

  private Status call(ChannelCredentials credentials) throws Exception {
    try (ByteClient client = new ByteClient(gateway.port(), credentials)) {
      return client.call(ECHO, bytes("x")).status();
    }
  }

  @Test
  void clientsSpeakTlsWithTheGateway() throws Exception {
    start();

    assertThat(call(trusting("ca.pem")).isOk()).isTrue();
    assertThat(call(trusting("another-ca.pem")).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    try (ByteClient plain = new ByteClient(gateway.port())) {
      assertThat(plain.call(ECHO, bytes("x")).status().getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
    assertThat(backend.methods).hasSize(1);
    assertThat(gateway.address()).endsWith("/;use_ssl=true");
  }

  @Test
  void aClientMustShowACertificateWhereOneIsWanted() throws Exception {
    entries.put("graft.gateway.tls.client-ca-file", folder.resolve("ca.pem").toString());
    start();

    assertThat(call(with(authority.issue("ada"))).isOk()).isTrue();
    assertThat(call(trusting("ca.pem")).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(call(with(another.issue("eve"))).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(backend.methods).hasSize(1);
  }

  @Test
  void anAuthorityOfClientsThatIsTakenAwayLetsNobodyInAnyMore() throws Exception {
    Path clients = Files.copy(folder.resolve("ca.pem"), folder.resolve("clients.pem"));
    entries.put("graft.gateway.tls.client-ca-file", clients.toString());
    start();
    ChannelCredentials ada = with(authority.issue("ada"));
    assertThat(call(ada).isOk()).isTrue();

    try (CapturedLog log = new CapturedLog()) {
      another.writeTo(clients);
      log.await(now -> now.text().contains("Took up the authorities of clients"));
    }

    assertThat(call(ada).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(call(with(another.issue("eve"))).isOk()).isTrue();
  }

  @Test
  void aRenewedCertificateIsShownToClientsThatComeNext() throws Exception {
    start();
    try (ByteClient early = new ByteClient(gateway.port(), trusting("ca.pem"))) {
      Call open =
          early.start(ECHO, MethodType.BIDI_STREAMING, CallOptions.DEFAULT, new Metadata(), 10);
      open.call.sendMessage(bytes("before"));
      open.next();

      X509Bundle renewed = authority.issue("renewed");
      show(renewed);
      awaitShown(renewed);

      open.call.sendMessage(bytes("after"));
      assertThat(open.next()).isEqualTo(bytes("after"));
      assertThat(call(trusting("ca.pem")).isOk()).isTrue();
    }
  }

  @Test
  void aCertificateRenewedForTheSameKeyIsTakenUp() throws Exception {
    X509Bundle first = authority.issue("gateway");
    show(first);
    start();

    X509Bundle renewed = authority.issueFor(first.getKeyPair(), "renewed");
    Files.writeString(shown.chain(), renewed.getCertificatePathPEM());

    awaitShown(renewed);
  }

  @Test
  void whileNewFilesAreBrokenOrDontFitTheOldOnesAreUsed() throws Exception {
    X509Bundle first = authority.issue("gateway");
    X509Bundle second = authority.issue("second");
    show(first);
    start();
    try (CapturedLog log = new CapturedLog()) {
      Files.writeString(shown.chain(), "no certificate, and " + first.getPrivateKeyPEM());
      log.await(now -> now.text().contains("What was read before stays in use"));
      assertThat(serialShown()).isEqualTo(first.getCertificate().getSerialNumber());

      Files.writeString(shown.chain(), second.getCertificatePathPEM());
      log.await(now -> now.text().contains("the private key is not that of the certificate"));
      assertThat(serialShown()).isEqualTo(first.getCertificate().getSerialNumber());

      Files.writeString(shown.key(), second.getPrivateKeyPEM());
      awaitShown(second);

      Files.delete(shown.key());
      log.await(now -> now.text().contains("there is no file"));
      assertThat(call(trusting("ca.pem")).isOk()).isTrue();
      assertThat(log.text()).doesNotContain("BEGIN PRIVATE KEY");
      assertThat(log.text().split("there is no file", -1)).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expired, CertificateExpiredException",
    "another's key, the private key is not that of the certificate",
    "nothing, there is no file",
    "no key, the key is not unencrypted PKCS #8"
  })
  void whatCannotBeUsedStopsTheStart(String what, String why) throws Exception {
    switch (what) {
      case "expired" -> show(authority.issueExpired("old"));
      case "another's key" -> Files.writeString(shown.key(), keyOf(authority.issue("other")));
      case "nothing" -> Files.delete(shown.chain());
      default -> Files.writeString(shown.key(), "secret");
    }

    assertThatThrownBy(this::start)
        .hasMessageStartingWith(
            "[GRAFT_CONFIGURATION_INVALID] The gateway cannot use the certificate")
        .hasMessageContaining(why)
        .message()
        .doesNotContain("secret");
  }

  private static String keyOf(X509Bundle certificate) {
    return certificate.getPrivateKeyPEM();
  }

  @Test
  void onePartOfAPairIsRefused() {
    entries.remove("graft.gateway.tls.key-file");

    assertThatThrownBy(this::start).hasMessageContaining("Set both, or none.");
  }

  @Test
  void tls11IsRefused() throws Exception {
    start();
    assertThat(answerToHello("0302")).isEqualTo("protocol version alert");
    assertThat(answerToHello("0303")).isEqualTo("handshake");
  }

  /** Says hello with a highest version, and tells what kind of record comes back. */
  private String answerToHello(String version) throws Exception {
    String ciphers = "c02bc02fc009c013"; // two of TLS 1.2, and two that TLS 1.1 has as well
    String groups = "000a00040002" + "0017";
    String formats = "000b00020100";
    String signatures = "000d000400020403";
    String extensions = groups + formats + signatures;
    String body =
        version
            + "00".repeat(32)
            + "00"
            + length(ciphers, 2)
            + ciphers
            + "0100"
            + length(extensions, 2)
            + extensions;
    String hello = "01" + length(body, 3) + body;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(HexFormat.of().parseHex("160301" + length(hello, 2) + hello));
      InputStream in = socket.getInputStream();
      byte[] record = in.readNBytes(7);
      return switch (record[0]) {
        case 22 -> "handshake";
        case 21 -> record[6] == 70 ? "protocol version alert" : "alert " + record[6];
        default -> "record " + record[0];
      };
    }
  }

  private static String length(String hex, int bytes) {
    return String.format("%0" + 2 * bytes + "x", hex.length() / 2);
  }

  @Test
  void theBackendMayHaveAnAuthorityOfItsOwnAndWantToSeeACertificate() throws Exception {
    CertificateFiles ofBackend =
        TestCertificates.write(another.issue("backend"), folder, "backend");
    secureBackend(ofBackend);
    CertificateFiles own = TestCertificates.write(authority.issue("proxy"), folder, "proxy");
    entries.put("graft.gateway.backend.ca-file", folder.resolve("another-ca.pem").toString());
    entries.put("graft.gateway.backend.certificate-file", own.chain().toString());
    entries.put("graft.gateway.backend.key-file", own.key().toString());
    start("use_ssl=true");

    assertThat(call(trusting("ca.pem")).isOk()).isTrue();
  }

  @Test
  void aBackendWithoutTheGatewaysCertificateIsNotReached() throws Exception {
    secureBackend(TestCertificates.write(another.issue("backend"), folder, "backend"));
    entries.put("graft.gateway.backend.ca-file", folder.resolve("another-ca.pem").toString());
    start("use_ssl=true");

    assertThat(call(trusting("ca.pem")).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(backend.methods).isEmpty();
  }

  @Test
  void aBackendThatIsNotTheOneThatWasMeantIsNotCalled() throws Exception {
    secureBackend(
        TestCertificates.write(another.issueForAnotherHost("backend"), folder, "backend"));
    CertificateFiles own = TestCertificates.write(authority.issue("proxy"), folder, "proxy");
    entries.put("graft.gateway.backend.ca-file", folder.resolve("another-ca.pem").toString());
    entries.put("graft.gateway.backend.certificate-file", own.chain().toString());
    entries.put("graft.gateway.backend.key-file", own.key().toString());
    start("use_ssl=true");

    assertThat(call(trusting("ca.pem")).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(backend.methods).isEmpty();
  }

  @Test
  void certificatesForABackendWithoutTlsAreRefused() {
    entries.put("graft.gateway.backend.ca-file", folder.resolve("ca.pem").toString());

    assertThatThrownBy(this::start).hasMessageContaining("Add use_ssl=true to its address");
  }

  private void secureBackend(CertificateFiles files) throws Exception {
    backend.close();
    backend =
        new ByteBackend(
            TlsServerCredentials.newBuilder()
                .keyManager(files.chain().toFile(), files.key().toFile())
                .trustManager(folder.resolve("ca.pem").toFile())
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build());
  }

  private void awaitShown(X509Bundle certificate) throws Exception {
    BigInteger wanted = certificate.getCertificate().getSerialNumber();
    Patience.await("the certificate is shown", () -> serialShown().equals(wanted));
  }

  /** The serial number of the certificate that a new connection gets. */
  private BigInteger serialShown() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustingAll()}, null);
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  /** To look at certificates only. */
  private static final class TrustingAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
