package dev.graft.builtin.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.builtin.option.OptionCheck;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPropertiesTest {
  private static final OptionCheck CHECK = new OptionCheck("SparkContextSettings");

  private static LocalProperties allowing(String names) {
    return LocalProperties.of(Map.of("context.local-properties", names));
  }

  @Test
  void noneAreAllowedUnlessTheOperatorNamesSome() {
    assertThatThrownBy(
            () -> LocalProperties.of(Map.of()).check(CHECK, Map.of("spark.scheduler.pool", "a")))
        .hasMessage(
            "SparkContextSettings.local_properties is spark.scheduler.pool. The server allows none:"
                + " its operator names them in context.local-properties.");
    assertThatCode(() -> LocalProperties.of(Map.of()).check(CHECK, Map.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void namesAreTakenAsTheyAre() {
    LocalProperties allowed = allowing(" spark.scheduler.pool ,, spark.a");

    assertThat(allowed.names()).containsExactly("spark.scheduler.pool", "spark.a");
    assertThatThrownBy(() -> allowed.check(CHECK, Map.of("spark.A", "x")))
        .hasMessage(
            "SparkContextSettings.local_properties is spark.A. The server allows"
                + " spark.scheduler.pool, spark.a.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.job.tags", "spark.sql.execution.id", "user", "sparkle"})
  void namesThatSparkNeedsOrDoesNotCarryAreNotAllowedByMistake(String name) {
    assertThatThrownBy(() -> allowing(name))
        .hasMessageStartingWith(
            "The server's setting context.local-properties names " + name + ".");
  }
}
