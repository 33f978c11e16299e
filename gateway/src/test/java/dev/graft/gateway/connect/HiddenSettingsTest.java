package dev.graft.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings are hidden. */
class HiddenSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.connect.authenticate.token",
        "SPARK.CONNECT.AUTHENTICATE.TOKEN",
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.ssl.keyPassword",
        "spark.hadoop.fs.azure.account.key.acme.blob.core.windows.net"
      })
  void whatLooksSecretIsHiddenUnlessSaidOtherwise(String key) {
    assertThat(HiddenSettings.DEFAULT.hides(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.sql.session.timeZone",
        "spark.sql.execution.arrow.maxRecordsPerBatch",
        "spark.connect.grpc.binding.port",
        "spark.sql.pyspark.jvmStacktrace.enabled",
        "spark.sql.session.localRelationCacheThreshold"
      })
  void whatClientsReadIsNot(String key) {
    assertThat(HiddenSettings.DEFAULT.hides(key)).isFalse();
  }

  @Test
  void aStarStandsForAnyCharacters() {
    HiddenSettings hidden = HiddenSettings.parse(" acme.*.key , spark.exact,,*a*b*a ");

    assertThat(hidden.patterns()).containsExactly("acme.*.key", "spark.exact", "*a*b*a");
    assertThat(hidden.hides("acme.s3.key")).isTrue();
    assertThat(hidden.hides("acme..key")).isTrue();
    assertThat(hidden.hides("acme.key")).isFalse();
    assertThat(hidden.hides("acme.s3.keys")).isFalse();
    assertThat(hidden.hides("spark.exact")).isTrue();
    assertThat(hidden.hides("spark.exact.not")).isFalse();
    assertThat(hidden.hides("aba")).isTrue();
    assertThat(hidden.hides("ab")).isFalse();
    assertThat(hidden.hides("xayybzza")).isTrue();
  }

  @Test
  void anEmptyListHidesNothing() {
    assertThat(HiddenSettings.parse("").hides("spark.connect.authenticate.token")).isFalse();
    assertThat(HiddenSettings.parse("*").hides("")).isTrue();
  }
}
