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
    results.addWalk("graft", Shape.LOCAL_DATA, Search.FINDS_LOOKALIKE, new Timing(200, 1));
    results.addWalk("protobuf", Shape.LOCAL_DATA, Search.FINDS_LOOKALIKE, new Timing(1_900_000, 1));
    results.addSplice("graft", 1, new Timing(50_000, 700));
    results.addSplice("graft", 73, new Timing(70_000, 900));
    results.addSplice("protobuf", 73, new Timing(700_000, 900));
    results.addNesting("inAnswers", 10, new Timing(2_000, 50));
    results.addNesting("inAnswers", 100, new Timing(25_000, 100));
    results.addNesting("inAnswers", 1000, new Timing(220_000, 2_000));
    results.addNesting("inMessages", 1000, new Timing(900_000, 1_000));

    assertThat(results.markdown().lines())
        .contains(
            "| 100 kB of expressions | nothing | 15,000 ± 120 | 1,500,000 ± 9,000 | 100.0 | 20 | yes |",
            "| 16 MB of local data | a lookalike | 200 ± 1 | 1,900,000 ± 1 | 9,500.0 | 10,000 | no |",
            "| 100 kB of expressions | an extension | 50,000 ± 700 |  |  | 15 |  |",
            "| 100 kB of expressions | 73 extensions | 70,000 ± 900 | 700,000 ± 900 | 10.0 |  |  |",
            "| 10 | 200 ± 5 | 1.00 | 1.20 | yes |  |  |",
            "| 100 | 250 ± 1 | 1.25 | 1.20 | no |  |  |",
            "| 1,000 | 220 ± 2 | 1.10 | 1.20 | yes | 900 ± 1 |  |");
  }
}
