package dev.graft.registry.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often it is somebody's turn. */
class PaceTest {
  private long nanos = Long.MAX_VALUE - 1; // the clock may begin anywhere

  @Test
  void aTurnComesOnceInAWhile() {
    Pace pace = new Pace(Duration.ofSeconds(1), () -> nanos);

    assertThat(pace.turn()).isTrue();
    assertThat(pace.turn()).isFalse();
    nanos += Duration.ofMillis(999).toNanos();
    assertThat(pace.turn()).isFalse();
    nanos += Duration.ofMillis(1).toNanos();
    assertThat(pace.turn()).isTrue();
    assertThat(pace.turn()).isFalse();
  }
}
