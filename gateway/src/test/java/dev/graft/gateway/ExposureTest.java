package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an operator is told at the start of who can reach the gateway. */
class ExposureTest {
  private final Map<String, String> entries = new TreeMap<>();

  private java.util.List<String> warnings() {
    return Exposure.warnings(GatewaySettings.parse(entries));
  }

  @Test
  void thisMachineAloneIsNoExposure() {
    assertThat(warnings()).isEmpty();
    entries.put("graft.gateway.host", "localhost");
    assertThat(warnings()).isEmpty();
    entries.put("graft.gateway.host", "::1");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void anOpenGatewayIsToldOfBoth() {
    entries.put("graft.gateway.host", "0.0.0.0");

    assertThat(warnings()).hasSize(2);
    assertThat(warnings().get(0))
        .contains("Set graft.gateway.token-file or graft.gateway.tls.client-ca-file");
    assertThat(warnings().get(1)).contains("plain text", "Set graft.gateway.tls.certificate-file");
  }

  @Test
  void aTokenWithoutTlsCanBeReadOnTheWay() {
    entries.put("graft.gateway.host", "0.0.0.0");
    entries.put("graft.gateway.token-file", "tokens");

    assertThat(warnings()).singleElement().asString().contains("tokens can be read on the way");
  }

  @Test
  void tlsWithTokenOrCertificatesIsFine() {
    entries.put("graft.gateway.host", "0.0.0.0");
    entries.put("graft.gateway.tls.certificate-file", "chain.pem");
    entries.put("graft.gateway.tls.key-file", "key.pem");
    entries.put("graft.gateway.tls.client-ca-file", "ca.pem");

    assertThat(warnings()).isEmpty();
  }

  @Test
  void theGatewaySaysSoWhenItStarts() throws Exception {
    entries.put("graft.gateway.host", "0.0.0.0");
    entries.put("graft.gateway.port", "0");
    try (CapturedLog log = new CapturedLog();
        Gateway gateway =
            Gateway.start(
                GatewaySettings.parse(entries),
                entries,
                BackendAddress.parse("sc://127.0.0.1:1"))) {
      assertThat(log.lines(Gateway.class.getName())).containsExactlyElementsOf(warnings());
      assertThat(gateway.port()).isPositive();
    }
  }
}
