package dev.graft.benchmarks.nesting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.benchmarks.nesting.Measured.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts hang on nothing but the plans, so what is wanted of them is tested here. */
class NestingTablesIT {
  @Test
  void analysesAndPluginCallsGrowWithTheNumberOfExtensionsAndNoFaster() throws Exception {
    List<Measured> measured =
        NestingTables.measure(
                Path.of("target/spark/graft-spark.jar").toAbsolutePath(),
                new NestingTables.Effort(List.of(5, 20), List.of(4, 16), 1, 1))
            .all();

    assertThat(counted(measured, Shape.NESTED, Way.BY_HAND, 20)).isEqualTo(new Counters(2, 0));
    for (Way way : List.of(Way.PLAIN, Way.ASKING)) {
      Counters few = counted(measured, Shape.NESTED, way, 5);
      Counters many = counted(measured, Shape.NESTED, way, 20);
      assertThat(few.calls()).isPositive();
      assertThat(many.calls()).as("calls, %s", way).isLessThanOrEqualTo(few.calls() * 4);
      assertThat(many.analyses()).as("analyses, %s", way).isLessThanOrEqualTo(few.analyses() * 4);
    }
  }

  private static Counters counted(List<Measured> measured, Shape shape, Way way, int size) {
    return measured.stream()
        .filter(each -> each.isOf(shape, way, size))
        .findFirst()
        .orElseThrow()
        .counted();
  }
}
