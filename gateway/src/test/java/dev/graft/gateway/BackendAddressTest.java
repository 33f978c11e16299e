package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends as operators write them. */
class BackendAddressTest {
  @Test
  void hostAlone() {
    BackendAddress address = BackendAddress.parse("sc://spark.example");

    assertThat(address.host()).isEqualTo("spark.example");
    assertThat(address.port()).isEqualTo(15002);
    assertThat(address.tls()).isFalse();
  }

  @Test
  void tokenImpliesTlsAndOtherParametersAreHeaders() {
    BackendAddress address =
        BackendAddress.parse("sc://spark.example:443/;token=a%3Db+c;X-Cluster=one");

    assertThat(address.token()).contains("a=b+c");
    assertThat(address.tls()).isTrue();
    assertThat(address.headers()).containsExactlyEntriesOf(java.util.Map.of("x-cluster", "one"));
    assertThat(address).hasToString("sc://spark.example:443");
  }

  @Test
  void aTokenToTheSameMachineMayGoUnencrypted() {
    assertThat(BackendAddress.parse("sc://127.0.0.1/;token=t;use_ssl=false").tls()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.example:15002",
        "http://spark.example",
        "sc://",
        "sc://host:0",
        "sc://host:70000",
        "sc://host/path",
        "sc://host/;secret",
        "sc://host/;use_ssl=secret",
        "sc://host/;token=secret;use_ssl=false",
        "sc://host/;token=secret%zz",
        "sc://host/;token=secret%0A",
        "sc://host/;token=secret;token=secret",
        "sc://host/;user_id=secret",
        "sc://host/;authorization=secret",
        "sc://host/;a-bin=secret"
      })
  void whatIsNoAddressIsRefusedWithoutItsValues(String text) {
    assertThatThrownBy(() -> BackendAddress.parse(text))
        .hasMessageStartingWith(
            "[GRAFT_CONFIGURATION_INVALID] The backend's address cannot be used")
        .message()
        .doesNotContain("=secret");
  }
}
