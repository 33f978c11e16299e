package dev.graft.benchmarks.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.benchmarks.attacks.kind.AttackKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times hang on the machine and are not asserted here; what is left behind does not. */
class AttacksIT {
  @Test
  void afterSomeSecondsOfAllAttacksNothingIsLeftAndNoCallOfTheNeighbourIsRefused()
      throws Exception {
    List<AttackKind> kinds = List.of(AttackKind.values());
    Path builtin = Path.of("target/plugins/plugins-builtin.jar").toAbsolutePath();
    try (Arena arena = Arena.open(512, builtin, kinds)) {
      MixedResults results =
          new Mixed(
                  arena,
                  // A gateway whose code is not compiled yet cannot keep up with the neighbour.
                  new Mixed.Effort(8, Duration.ofSeconds(8), Duration.ofSeconds(60), 4, 1),
                  kinds,
                  12)
              .run();

      for (MixedResults.OfSide side : results.sides()) {
        assertThat(side.failures()).as(side.name()).isEmpty();
        assertThat(side.aftermath().outOfMemory()).as(side.name()).isEmpty();
        assertThat(side.aftermath().left()).as(side.name()).isEmpty();
      }
    }
  }
}
