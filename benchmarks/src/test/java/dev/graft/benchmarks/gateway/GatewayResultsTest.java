package dev.graft.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.benchmarks.table.Series;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayResultsTest {
  @Test
  void tablesSetTheWaysBesideEachOtherAndSayWhichAimsAreMet() {
    GatewayResults results = new GatewayResults();
    results.latencies(
        Map.of(
            Way.DIRECT, new Series(50, 60, 70),
            Way.GATEWAY, new Series(100, 60, 140),
            Way.NGINX, new Series(120, 120, 120),
            Way.PLAIN, new Series(200, 200, 200)));
    results.rates(
        Map.of(Way.GATEWAY, new Series(30_000, 30_000), Way.NGINX, new Series(20_000, 20_000)));
    results.stream(4096, Map.of(Way.GATEWAY, new Series(0.3), Way.NGINX, new Series(0.4)));
    results.slowReaders(new SlowReaders(1 << 20, 3 << 20, 1 << 19));
    results.queries(
        Map.of("`SELECT 1`", new SparkQueries.Times(new Series(10, 30), new Series(10.1, 30.3))));

    assertThat(results.markdown().lines())
        .contains(
            "| Graft's gateway | 100 (60–140) | 2.00 | 30,000 (30,000–30,000) | 1.50 |",
            "| direct | 60 (50–70) | 1.00 | missing |  |",
            "| 4 KiB | 0.30 (0.30–0.30) | 0.40 (0.40–0.40) | missing | 0.75 |",
            "| 1.00 | 3.00 | 2.00 | 0.50 |",
            "| `SELECT 1` | 20.0 (10.0–30.0) | 20.2 (10.1–30.3) | 1.010 |",
            "| p50 of a call / direct | at most 1.80 | 2.00 | no |",
            "| rate of 32 in flight / nginx | at least 2.00 | 1.50 | no |",
            "| CPU of a stream of 4 KiB / nginx | at most 1.00 | 0.75 | yes |",
            "| `SELECT 1` / direct | at most 1.020 | 1.010 | yes |");
  }

  @Test
  void aMissingNginxIsSaid() {
    GatewayResults results = new GatewayResults();
    results.latencies(Map.of(Way.DIRECT, new Series(50), Way.GATEWAY, new Series(80)));

    assertThat(results.markdown())
        .contains("| nginx `grpc_pass` | missing |  | missing |  |")
        .contains("There is no nginx on the PATH");
  }
}
