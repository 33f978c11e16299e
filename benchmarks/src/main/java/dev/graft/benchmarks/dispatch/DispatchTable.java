package dev.graft.benchmarks.dispatch;

import dev.graft.benchmarks.table.MarkdownTable;
import dev.graft.benchmarks.table.Runs;
import dev.graft.benchmarks.table.Timing;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link DispatchBenchmark} and makes one table of it. */
public final class DispatchTable {
  /**
   * How long the JIT compiler needs until a chain of 1,000 plugins gets no faster: each of its
   * plugins is code of its own, and is called once for each extension. A server that sees fewer
   * than some ten thousand extensions never gets there.
   */
  private static final int SECONDS_TO_WARM_A_LONG_CHAIN = 20;

  private DispatchTable() {}

  /**
   * Measures for about eight minutes.
   *
   * @return the tables in Markdown
   * @throws RunnerException if a benchmark fails
   */
  public static String measure() throws RunnerException {
    Runs runs = new Runs();
    runs.run(benchmark("graft|graftInSpark"));
    runs.run(benchmark("spark4|spark3").param("plugins", "1", "10", "100"));
    runs.run(longChain("spark4|spark3"));
    runs.run(
        benchmark("graft|graftInSpark")
            .param("plugins", "1000")
            .param("place", Place.MIDDLE.name()));
    runs.run(longChain("spark4").param("place", Place.MIDDLE.name()));
    Runs sessions = new Runs();
    sessions.run(Runs.of(SessionsBenchmark.class, "request"));
    return tableOf(runs.results()) + "\n" + sessionsOf(sessions.results()) + "\n" + counting();
  }

  private static ChainedOptionsBuilder benchmark(String methods) {
    return Runs.of(DispatchBenchmark.class, methods);
  }

  private static ChainedOptionsBuilder longChain(String methods) {
    return benchmark(methods)
        .param("plugins", "1000")
        .warmupIterations(SECONDS_TO_WARM_A_LONG_CHAIN)
        .warmupTime(TimeValue.seconds(1));
  }

  /**
   * What counting a call costs, for about a minute.
   *
   * @return the table in Markdown
   * @throws RunnerException if the benchmark fails
   */
  public static String counting() throws RunnerException {
    Runs counting = new Runs();
    counting.run(Runs.of(CountingBenchmark.class, "clock|alone|byTwo"));
    MarkdownTable table = new MarkdownTable("| counting one call | ns |\n|:--|--:|\n");
    for (RunResult run : counting.results()) {
      table.row(
          switch (Runs.method(run)) {
            case "clock" -> "the clock, looked at twice";
            case "alone" -> "that, and the call's numbers";
            default -> "by two threads at once";
          },
          MarkdownTable.cell(Timing.of(run)));
    }
    return table.toString();
  }

  private static String sessionsOf(List<RunResult> runs) {
    MarkdownTable table =
        new MarkdownTable("| `graft.sessions.plugins` | one request, ns |\n|:--|--:|\n");
    for (RunResult run : runs) {
      table.row(run.getParams().getParam("sessions"), MarkdownTable.cell(Timing.of(run)));
    }
    return table.toString();
  }

  private static String tableOf(List<RunResult> runs) {
    DispatchResults results = new DispatchResults();
    for (RunResult run : runs) {
      BenchmarkParams parameters = run.getParams();
      results.add(
          Runs.method(run),
          Place.valueOf(parameters.getParam("place")),
          Integer.parseInt(parameters.getParam("messageBytes")),
          Integer.parseInt(parameters.getParam("plugins")),
          Timing.of(run));
    }
    return results.markdown();
  }
}
