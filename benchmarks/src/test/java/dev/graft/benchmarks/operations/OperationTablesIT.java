package dev.graft.benchmarks.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.servers.SparkLine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That all ways to do the same have the same result; the program itself compares them. */
class OperationTablesIT {
  @Test
  void allWaysAgree() throws Exception {
    // The one that the tests of the command have made.
    Path python = Path.of("../cli/target/pyspark-" + SparkLine.NEWEST.number()).toAbsolutePath();

    String table =
        OperationTables.measure(Path.of("target").toAbsolutePath(), python, List.of("2000:1"));

    assertThat(table)
        .contains("| TopK | 2,000 |", "| AsOfJoin | 2,000 |", "| Diff | 2,000 |")
        .contains("| Profile | 2,000 |");
  }
}
