package dev.graft.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.benchmarks.table.Timing;
import org.junit.jupiter.api.Test;

class DispatchResultsTest {
  @Test
  void tableSetsBothSidesBesideEachOther() {
    DispatchResults results = new DispatchResults();
    results.add("graft", Place.LAST, 100, 1, new Timing(160, 3));
    results.add("graft", Place.LAST, 100, 1000, new Timing(168, 4));
    results.add("graftInSpark", Place.LAST, 100, 1000, new Timing(200, 5.4));
    results.add("spark4", Place.LAST, 100, 1000, new Timing(504_000, 10_600));

    assertThat(results.markdown().lines().skip(2))
        .containsExactly(
            "| 100 B | 1 | last | 160 ± 3 |  |  |  |  |  | 1.00 |",
            "| 100 B | 1,000 | last | 168 ± 4 | 200 ± 5 | 504,000 ± 10,600 |  | 3,000.0 | 2,520.0 | 1.05 |");
  }
}
