package dev.graft.benchmarks.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.benchmarks.attacks.kind.AttackKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Times hang on the machine and are not asserted here; what is left behind does not. */
class AttacksIT {
  private static final Set<AttackKind> BOMBS =
      EnumSet.of(AttackKind.PLAN_BOMBS, AttackKind.MESSAGE_BOMBS);

  @Test
  void afterSomeSecondsOfAttacksNothingIsLeftAndNoCallOfTheNeighbourHasFailed() throws Exception {
    nothingIsLeftAfter(EnumSet.complementOf(EnumSet.copyOf(BOMBS)), 4);
  }

  @Test
  void afterSomeSecondsOfBombsNothingIsLeftAndNoCallOfTheNeighbourHasFailed() throws Exception {
    nothingIsLeftAfter(BOMBS, 2);
  }

  private static void nothingIsLeftAfter(Set<AttackKind> chosen, int atOnce) throws Exception {
    List<AttackKind> kinds = new ArrayList<>(chosen);
    Path builtin = Path.of("target/plugins/plugins-builtin.jar").toAbsolutePath();
    try (Arena arena = Arena.open(512, builtin, kinds)) {
      Mixed.Effort effort =
          new Mixed.Effort(1, Duration.ofSeconds(8), Duration.ofSeconds(60), atOnce, 1);
      for (MixedResults.OfSide side : new Mixed(arena, effort, kinds, 12).run().sides()) {
        assertThat(side.failures()).as(side.name()).isEmpty();
        assertThat(side.aftermath().outOfMemory()).as(side.name()).isZero();
        assertThat(side.aftermath().left()).as(side.name()).isEmpty();
      }
    }
  }
}
