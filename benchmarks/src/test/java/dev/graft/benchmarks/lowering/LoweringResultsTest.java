package dev.graft.benchmarks.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.benchmarks.table.Timing;
import org.junit.jupiter.api.Test;

class LoweringResultsTest {
  @Test
  void tablesSetBothSidesBesideEachOther() {
    LoweringResults results = new LoweringResults();
    results.addWalk("graft", Shape.EXPRESSIONS, Search.FINDS_NOTHING, new Timing(15_000, 120));
    results.addWalk(
        "protobuf", Shape.EXPRESSIONS, Search.FINDS_NOTHING, new Timing(1_500_000, 9_000));
    results.addSplice("graft", new Timing(50_000, 700));
    results.addNesting("inAnswers", 10, new Timing(2_000, 50));
    results.addNesting("inAnswers", 1000, new Timing(220_000, 2_000));
    results.addNesting("inMessages", 1000, new Timing(900_000, 1_000));

    assertThat(results.markdown().lines())
        .contains(
            "| 100 kB of expressions | finds nothing | 15,000 ± 120 | 1,500,000 ± 9,000 | 100.0 |",
            "| 16 MB of local data | finds a lookalike |  |  |  |",
            "| 100 kB of expressions, one extension | finds the extension | 50,000 ± 700 |  |  |",
            "| 10 | 200 ± 5 | 1.00 |  |  |",
            "| 1,000 | 220 ± 2 | 1.10 | 900 ± 1 |  |");
  }
}
