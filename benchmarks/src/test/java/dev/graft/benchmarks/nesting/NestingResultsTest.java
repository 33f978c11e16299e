package dev.graft.benchmarks.nesting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.benchmarks.nesting.Measured.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NestingResultsTest {
  @Test
  void timesAreThoseOfTheWorstJvmAndRatiosWithinOneJvm() {
    List<Measured> measured = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      for (double byHand : new double[] {10, 20}) {
        measured.add(new Measured(shape, Way.BY_HAND, 10, new Counters(2, 0), byHand));
        measured.add(new Measured(shape, Way.PLAIN, 10, new Counters(2, 1_000), 30));
        measured.add(new Measured(shape, Way.ASKING, 10, new Counters(12, 10), byHand * 2));
      }
    }

    assertThat(new NestingResults(measured).markdown())
        .isEqualTo(
            """
            | levels | way | analyses | plugin calls | ms | / by hand |
            |--:|:--|--:|--:|--:|--:|
            | 10 | by hand | 2 | 0 | 20 | 1.00 |
            | 10 | plugin that asks for nothing | 2 | 1,000 | 30 | 3.00 |
            | 10 | plugin that asks for columns | 12 | 10 | 40 | 2.00 |

            | steps | way | analyses | plugin calls | ms | / by hand |
            |--:|:--|--:|--:|--:|--:|
            | 10 | by hand | 2 | 0 | 20 | 1.00 |
            | 10 | plugin that asks for nothing | 2 | 1,000 | 30 | 3.00 |
            | 10 | plugin that asks for columns | 12 | 10 | 40 | 2.00 |
            """);
  }
}
