package dev.graft.testkit.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSeedTest {
  @Test
  void anOrdinaryRunAlwaysHasTheSameSeed() {
    assertThat(RunSeed.of(Map.of())).isEqualTo(new RunSeed(1, 1));
    assertThat(RunSeed.of(Map.of(RunSeed.SEED, ""))).isEqualTo(new RunSeed(1, 1));
  }

  @Test
  void theEnvironmentSaysAnother() {
    RunSeed run = RunSeed.of(Map.of(RunSeed.SEED, "-42", RunSeed.EFFORT, "5"));

    assertThat(run).isEqualTo(new RunSeed(-42, 5));
    assertThat(run.tries(20)).isEqualTo(100);
    assertThat(run.tries(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aQuickRunTriesEverythingOnceAtLeast() {
    RunSeed run = RunSeed.of(Map.of(RunSeed.EFFORT, "0.2"));

    assertThat(run.tries(100)).isEqualTo(20);
    assertThat(run.tries(2)).isEqualTo(1);
    assertThat(run.isLong()).isFalse();
    assertThat(new RunSeed(1, 2).isLong()).isTrue();
  }

  @Test
  void eachTestDrawsItsOwn() {
    RunSeed run = new RunSeed(7, 1);

    assertThat(run.of("a")).isEqualTo(new RunSeed(7, 1).of("a")).isNotEqualTo(run.of("b"));
    assertThat(run.of("a")).isNotEqualTo(new RunSeed(8, 1).of("a"));
  }

  @Test
  void whatIsNoNumberIsSaid() {
    assertThatThrownBy(() -> RunSeed.of(Map.of(RunSeed.SEED, "many")))
        .hasMessage("GRAFT_TEST_SEED is 'many' in the environment. Give a whole number.");
    assertThatThrownBy(() -> RunSeed.of(Map.of(RunSeed.EFFORT, "0")))
        .hasMessage("GRAFT_TEST_EFFORT is 0.0. Give more than 0.");
    assertThatThrownBy(() -> RunSeed.of(Map.of(RunSeed.EFFORT, "less")))
        .hasMessage("GRAFT_TEST_EFFORT is 'less' in the environment. Give a number.");
  }
}
