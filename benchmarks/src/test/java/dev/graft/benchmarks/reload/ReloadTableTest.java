package dev.graft.benchmarks.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadTableTest {
  @Test
  void theLastRowHasTheWorstOfEachColumn() {
    Measured first =
        new Measured(
            10, 20, 40, requests(0.1, 0.2, 3), requests(0.1, 0.21, 4), requests(0.11, 0.4, 9));
    Measured second =
        new Measured(
            12, 19, 39, requests(0.1, 0.3, 5), requests(0.1, 0.36, 6), requests(0.12, 0.9, 8));

    assertThat(Measured.of(first.line())).isEqualTo(first);
    assertThat(new ReloadResults(100, List.of(first, second)).markdown().lines())
        .contains(
            "| 1 | 10 | 20 | 40 | 0.100, 0.100, 0.110 | 0.200, 0.210, 0.400 | 1.05 | 1.1 | yes | 2.00 | 3.0, 4.0, 9.0 |",
            "| 2 | 12 | 19 | 39 | 0.100, 0.100, 0.120 | 0.300, 0.360, 0.900 | 1.20 | 1.1 | no | 3.00 | 5.0, 6.0, 8.0 |",
            "| the worst of each | 12 | 20 | 40 | 0.100, 0.100, 0.120 | 0.300, 0.360, 0.900 | 1.20 | 1.1 | no | 3.00 | 5.0, 6.0, 9.0 |");
  }

  private static Measured.Requests requests(double p50, double p99, double longest) {
    return new Measured.Requests(p50, p99, longest);
  }

  @Test
  void someJarsAreReloadedBesideRequests() throws Exception {
    ReloadResults results =
        ReloadTable.measure(new ReloadTable.Effort(3, 1, Duration.ofMillis(200), 1));

    Measured measured = results.jvms().get(0);
    assertThat(measured.oneChanged()).isPositive();
    assertThat(measured.allChanged()).isPositive();
    assertThat(measured.without().p99()).isPositive();
    assertThat(measured.always().longest()).isGreaterThanOrEqualTo(measured.always().p99());
  }
}
