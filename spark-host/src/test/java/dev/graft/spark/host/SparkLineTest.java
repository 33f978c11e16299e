package dev.graft.spark.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a version makes a difference. */
class SparkLineTest {
  @ParameterizedTest
  @CsvSource({
    "3.4.4, false, true",
    "3.5.7, false, false",
    "3.10.0, false, false",
    "4.0.1, true, false",
    "4.2.0, true, false",
    "4.3-SNAPSHOT, true, false",
    "4.1.0.vendor-7, true, false",
    "5.0.0, true, false",
  })
  void aVersionIsOfALine(String version, boolean keepsPlans, boolean plannersKnowNoRequest) {
    SparkLine line = SparkLine.of(version);

    assertThat(line.version()).isEqualTo(version);
    assertThat(line.keepsPlans()).isEqualTo(keepsPlans);
    assertThat(line.plannersKnowNoRequest()).isEqualTo(plannersKnowNoRequest);
  }
}
