package dev.graft.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link DispatchBenchmark} and prints one table of it. */
public final class DispatchTable {
  /**
   * What the JIT compiler needs before a chain of 1,000 stops getting faster: each of its plugins
   * is code of its own, and is called once for each extension. A server that sees fewer than some
   * ten thousand extensions never gets there.
   */
  private static final int SECONDS_TO_WARM_A_LONG_CHAIN = 20;

  private DispatchTable() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws RunnerException {
    List<RunResult> runs = new ArrayList<>();
    runs.addAll(run(benchmark("graft|graftInSpark")));
    runs.addAll(run(benchmark("spark4|spark3").param("plugins", "1", "10", "100")));
    runs.addAll(run(longChain("spark4|spark3")));
    runs.addAll(
        run(
            benchmark("graft|graftInSpark")
                .param("plugins", "1000")
                .param("place", Place.MIDDLE.name())));
    runs.addAll(run(longChain("spark4").param("place", Place.MIDDLE.name())));
    System.out.println();
    System.out.print(tableOf(runs));
  }

  private static ChainedOptionsBuilder benchmark(String methods) {
    return new OptionsBuilder()
        .include("\\.DispatchBenchmark\\.(" + methods + ")$")
        .shouldFailOnError(true);
  }

  private static ChainedOptionsBuilder longChain(String methods) {
    return benchmark(methods)
        .param("plugins", "1000")
        .warmupIterations(SECONDS_TO_WARM_A_LONG_CHAIN)
        .warmupTime(TimeValue.seconds(1));
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  private static String tableOf(List<RunResult> runs) {
    DispatchResults results = new DispatchResults();
    for (RunResult run : runs) {
      BenchmarkParams parameters = run.getParams();
      Result<?> result = run.getPrimaryResult();
      results.add(
          parameters.getBenchmark().substring(parameters.getBenchmark().lastIndexOf('.') + 1),
          Place.valueOf(parameters.getParam("place")),
          Integer.parseInt(parameters.getParam("messageBytes")),
          Integer.parseInt(parameters.getParam("plugins")),
          new Timing(result.getScore(), result.getScoreError()));
    }
    return results.markdown();
  }
}
