package dev.graft.spark.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {
  @Test
  void whatCouldNotBeMadeIsTriedAgainAndWhatCouldIsKept() {
    AtomicInteger tries = new AtomicInteger();
    Once<String> once =
        new Once<>(
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
              }
              return "made";
            });

    assertThatThrownBy(once::get).hasMessage("not yet");
    assertThat(once.get()).isEqualTo("made");
    assertThat(once.get()).isEqualTo("made");
    assertThat(tries).hasValue(2);
  }
}
