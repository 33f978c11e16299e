package dev.graft.benchmarks.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationResultsTest {
  private static List<Way> ways(String... lines) {
    return Stream.of(lines).map(Way::parse).toList();
  }

  @Test
  void theFastestByHandIsWhatTheOperationIsComparedWith() {
    List<Way> ways =
        ways(
            "TopK\t\t1000\t2.0 4.0 3.0",
            "TopK\tslow way\t1000\t9.0 9.0 9.0",
            "TopK\tquick way\t1000\t2.0 2.0 2.0",
            "TopK\t\t20000\t1.0",
            "TopK\tquick way\t20000\t4.0");

    assertThat(new OperationResults(ways).markdown().lines().skip(2))
        .containsExactly(
            "| TopK | 1,000 | 3.00 (2.00–4.00) | 2.00 (2.00–2.00) | 1.50 | quick way | slow way: 9.00 |",
            "| TopK | 20,000 | 1.00 (1.00–1.00) | 4.00 (4.00–4.00) | 0.25 | quick way |  |");
  }
}
