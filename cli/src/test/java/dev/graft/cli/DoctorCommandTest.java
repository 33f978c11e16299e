package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewayFile;
import dev.graft.gateway.GatewaySettings;
import dev.graft.testkit.jar.PluginJar;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with real settings, ports, files and a real gateway. */
class DoctorCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int doctor(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "doctor";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return GraftCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  private String said() {
    return out.toString().replace(folder + "/", "");
  }

  private Path conf(String... lines) throws IOException {
    return Files.writeString(folder.resolve("gateway.properties"), String.join("\n", lines));
  }

  private void secret(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private X509Bundle certificate(Duration left) throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=gateway")
            .ecp256()
            .setIsCertificateAuthority(true)
            .addSanIpAddress("127.0.0.1")
            .notBefore(Instant.now().minus(Duration.ofDays(300)))
            .notAfter(Instant.now().plus(left))
            .buildSelfSigned();
    Files.writeString(folder.resolve("tls.pem"), certificate.getCertificatePathPEM());
    Path key = folder.resolve("tls.key");
    Files.writeString(key, certificate.getPrivateKeyPEM());
    secret(key);
    return certificate;
  }

  @Test
  void aGatewayWhoseCertificateIsAboutToEnd() throws Exception {
    X509Bundle unused = certificate(Duration.ofDays(12).plusHours(1));
    Path conf =
        conf(
            "graft.gateway.port = 0",
            "graft.gateway.tls.certificate-file = tls.pem",
            "graft.gateway.tls.key-file = tls.key",
            "graft.gateway.backend.ca-file = tls.pem");
    Map<String, String> entries = GatewayFile.read(conf);
    try (Gateway gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:1/;use_ssl=true"))) {
      conf(
          Files.readString(conf)
              .replace("graft.gateway.port = 0", "graft.gateway.port = " + gateway.port()));

      assertThat(doctor("--conf", conf.toString(), gateway.address())).isEqualTo(1);

      assertThat(said())
          .containsPattern(
              "warning +certificate +the certificate for clients \\(CN=gateway, tls.pem\\) ends on \\S+, in 12 days. Have it renewed")
          .containsPattern("ok +key +tls.key is for its owner")
          .contains("A server with the certificate of these settings listens at 127.0.0.1 already.")
          .containsPattern("ok +TLS +TLSv1.3, its certificate is believed")
          .containsPattern("warning +certificate +That of 127.0.0.1 ends on \\S+, in 12 days.")
          .containsPattern(
              "problem +Connect +What listens there does not speak as a Connect server: UNAVAILABLE, ");

      out.getBuffer().setLength(0);
      assertThat(doctor(gateway.address())).isEqualTo(1);
      assertThat(said())
          .containsPattern("problem +TLS .*certification path.* Java does not know the authority");
      out.getBuffer().setLength(0);
      assertThat(doctor("sc://127.0.0.1:" + gateway.port())).isEqualTo(1);
      assertThat(said()).containsPattern("problem +Connect .*add use_ssl=true to the address");
    }
  }

  @Test
  void filesThatDoNotFitOrThatOthersMayRead() throws Exception {
    X509Bundle unused = certificate(Duration.ofDays(100));
    Files.writeString(
        folder.resolve("old.pem"), certificate(Duration.ofDays(-1)).getCertificatePEM());
    Path tokens = Files.writeString(folder.resolve("tokens"), "secret");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-r--r--"));
    certificate(Duration.ofDays(100));
    String key = Files.readString(folder.resolve("tls.key"));
    certificate(Duration.ofDays(100));
    Files.writeString(folder.resolve("tls.key"), key);
    Path conf =
        conf(
            "graft.gateway.port = 0",
            "graft.gateway.token-file = tokens",
            "graft.gateway.tls.certificate-file = tls.pem",
            "graft.gateway.tls.key-file = tls.key",
            "graft.gateway.tls.client-ca-file = old.pem",
            "graft.gateway.session-store = store");

    assertThat(doctor("--conf", conf.toString())).isEqualTo(1);

    assertThat(said())
        .containsPattern("problem +files .*the private key is not that of the certificate")
        .containsPattern(
            "problem +certificate +the authorities of clients \\(CN=gateway, old.pem\\) has been invalid since ")
        .containsPattern(
            "warning +tokens +tokens can be read or written by other users.* chmod 600")
        .containsPattern("ok +store +store can be written to")
        .doesNotContain("secret");
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path conf = conf("graft.gateway.port = " + taken.getLocalPort());

      assertThat(doctor("--conf", conf.toString())).isEqualTo(1);
      assertThat(said())
          .containsPattern(
              "problem +port \\d+ +It cannot be listened on at 127.0.0.1 .*or set another graft.gateway.port.");
    }
  }

  @Test
  void settingsThatNobodyReads() throws Exception {
    assertThat(doctor("--conf", conf("graft.gateway.prot = 1").toString())).isEqualTo(1);
    assertThat(said()).contains("did you mean graft.gateway.port?");
    out.getBuffer().setLength(0);

    Path conf = conf("graft.gateway.port = 0", "connect.extensions.relation.class = acme.TopK");
    assertThat(doctor("--conf", conf.toString())).isEqualTo(1);
    assertThat(said())
        .contains(
            "Nobody reads connect.extensions.relation.class; did you mean connect.extensions.relation.classes?");
  }

  @Test
  void jarsAndClassesThatAreNotThere() throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.of("public class TopKPlugin {}").writeTo(plugins.resolve("acme.jar"));
    Files.writeString(plugins.resolve("cut.jar"), "PK");
    Path conf =
        conf(
            "graft.gateway.port = 0",
            "graft.plugins.path = plugins, more",
            "connect.extensions.relation.classes = acme.TopkPlugin, acme.TopKPlugin");

    assertThat(doctor("--conf", conf.toString(), "--json")).isEqualTo(1);

    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(json.get("well").getAsBoolean()).isFalse();
    JsonArray findings = json.getAsJsonArray("findings");
    assertThat(findings)
        .extracting(DoctorCommandTest::text)
        .anyMatch(
            text -> text.startsWith("problem") && text.contains("cut.jar is not a readable jar"))
        .anyMatch(
            text ->
                text.startsWith("problem")
                    && text.contains("more in graft.plugins.path is no folder"))
        .anyMatch(
            text ->
                text.startsWith(
                        "problem acme.TopkPlugin, which connect.extensions.relation.classes names")
                    && text.endsWith("Did you mean acme.TopKPlugin?"))
        .anyMatch(text -> text.startsWith("ok 1 class is there"));
  }

  private static String text(JsonElement finding) {
    JsonObject object = finding.getAsJsonObject();
    return object.get("level").getAsString()
        + " "
        + object.get("text").getAsString()
        + " "
        + object.get("advice").getAsString();
  }

  @Test
  void aDatabaseThatIsNotThere() throws Exception {
    Path conf =
        conf(
            "graft.gateway.port = 0",
            "graft.gateway.session-store = jdbc:postgresql://127.0.0.1:1/graft?user=x");

    assertThat(doctor("--conf", conf.toString())).isEqualTo(1);
    assertThat(said()).containsPattern("problem +store .*cannot be used: .*refused.* Start it, or");
  }

  @Test
  void serversThatAreNotThere() {
    assertThat(doctor("sc://127.0.0.1:1")).isEqualTo(1);
    assertThat(said())
        .containsPattern("problem +port +Nothing listens at 127.0.0.1:1. Start the server");
    assertThat(doctor("sc://no-such-name.invalid")).isEqualTo(1);
    assertThat(said())
        .containsPattern("problem +name +There is no address for the name no-such-name.invalid.");
    assertThat(doctor("http://localhost")).isEqualTo(2);
    assertThat(err.toString()).contains("The address").contains("sc://");
  }
}
