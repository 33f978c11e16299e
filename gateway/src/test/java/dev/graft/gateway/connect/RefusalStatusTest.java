package dev.graft.gateway.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import org.junit.jupiter.api.Test;

/** Refusals as statuses. */
class RefusalStatusTest {
  @Test
  void aTextThatFitsStays() {
    assertThat(RefusalStatus.shortened("[GRAFT_X] größer")).isEqualTo("[GRAFT_X] größer");
  }

  @Test
  void aTextTooLongForHeadersIsCutBetweenCharacters() {
    String cut = RefusalStatus.shortened("\uD83D\uDE00".repeat(5_000));

    assertThat(cut).endsWith("\uD83D\uDE00 …").hasSizeLessThan(1_000);
    assertThat(RefusalStatus.shortened("x".repeat(50_000))).hasSizeBetween(2_000, 3_000);
  }

  @Test
  void theCodeStandsInTheText() {
    assertThat(
            RefusalStatus.of(new GraftException(ErrorCode.GRAFT_PLUGIN_REFUSED, "no"))
                .getStatus()
                .getDescription())
        .isEqualTo("[GRAFT_PLUGIN_REFUSED] no");
  }
}
