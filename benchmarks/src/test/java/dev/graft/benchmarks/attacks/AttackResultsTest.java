package dev.graft.benchmarks.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttackResultsTest {
  private static final Vitals CALM = new Vitals(20 << 20, 8 << 20, 14, 80, 0, 0);
  private static final Aftermath CLEAN = new Aftermath(CALM, CALM, "", List.of());

  @Test
  void aTableHasTheRatiosAndWhetherTheyAreWithinTheAims() {
    AttackResults results =
        new AttackResults(
            List.of(harm("pings", 2, 8, 2.2), harm("resets", 2, 11, 2)), Map.of("gateway", CLEAN));

    assertThat(results.markdown())
        .contains(
            "| pings | 2.00 | 8.00 | 2.20 | 4.00 | 1.10 | 0 | yes |",
            "| resets | 2.00 | 11.00 | 2.00 | 5.50 | 1.00 | 0 | no |",
            "| gateway | before | 20.0 | 8.0 | 14 | 80 | 0 | 0 |");
    assertThat(results.met()).isFalse();
  }

  @Test
  void callsThatStaySlowOrFailAreNotWithinTheAims() {
    assertThat(harm("calm", 2, 8, 2.3).met()).isTrue();
    assertThat(harm("lasting", 20, 80, 25).met()).isFalse();
    assertThat(
            new Harm("failing", times(2), times(2), times(2), List.of("UNAVAILABLE"), "", 0).met())
        .isFalse();
  }

  @Test
  void aMillisecondMoreAfterAnAttackIsNoise() {
    assertThat(Harm.recovered(times(2), times(2.9))).isTrue();
    assertThat(Harm.recovered(times(2), times(3.1))).isFalse();
  }

  @Test
  void whatIsLeftIsNamed() {
    Vitals later = new Vitals(90 << 20, 8 << 20, 30, 80, 1, 2);

    assertThat(CALM.leftBy(later))
        .isEqualTo("heap +73400320, threads +16, streams +1, lowering tasks +2");
    assertThat(CALM.leftBy(CALM)).isEmpty();
  }

  @Test
  void aRunWithoutAnythingLeftAndWithinTheAimsIsMet() {
    List<Harm> harms = List.of(harm("pings", 2, 8, 2));
    Aftermath withoutMemory = new Aftermath(CALM, CALM, "", List.of("java.lang.OutOfMemoryError"));

    assertThat(new AttackResults(harms, Map.of("gateway", CLEAN)).met()).isTrue();
    assertThat(new AttackResults(harms, Map.of("gateway", withoutMemory)).met()).isFalse();
  }

  @Test
  void aFloorThatRisesThroughAMixedRunIsGrowthAndPeaksAreNot() {
    MixedResults.OfSide rising = new MixedResults.OfSide("gateway", times(2));
    MixedResults.OfSide peaks = new MixedResults.OfSide("gateway", times(2));
    for (int look = 0; look < 12; look++) {
      rising.add(new Vitals((20L + 10L * look) << 20, 8 << 20, 14, 80, 0, 0));
      peaks.add(new Vitals((look % 2 == 0 ? 20L : 400L) << 20, 8 << 20, 14, 80, 0, 0));
    }

    assertThat(rising.growth()).startsWith("heap from ");
    assertThat(peaks.growth()).isEmpty();
  }

  private static Harm harm(String name, double before, double during, double after) {
    return new Harm(name, times(before), times(during), times(after), List.of(), "1 0", 0);
  }

  /** A hundred calls, all alike. */
  private static Latencies times(double millis) {
    long[] nanos = new long[100];
    Arrays.fill(nanos, (long) (millis * 1e6));
    return new Latencies(nanos);
  }
}
