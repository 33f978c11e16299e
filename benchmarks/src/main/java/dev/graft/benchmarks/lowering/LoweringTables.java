package dev.graft.benchmarks.lowering;

import dev.graft.benchmarks.table.Runs;
import dev.graft.benchmarks.table.Timing;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmarks of lowering and makes a table of each. */
public final class LoweringTables {
  private LoweringTables() {}

  /**
   * Measures for some three minutes.
   *
   * @return the tables in Markdown, an empty line between them
   * @throws RunnerException if a benchmark fails
   */
  public static String measure() throws RunnerException {
    Runs runs = new Runs();
    runs.run(
        Runs.of(WalkBenchmark.class, "graft|protobuf")
            .param("search", Search.FINDS_NOTHING.name(), Search.FINDS_LOOKALIKE.name()));
    runs.run(
        Runs.of(WalkBenchmark.class, "graft|protobuf")
            .param("shape", Shape.EXPRESSIONS.name())
            .param("search", Search.FINDS_LOOKALIKES.name()));
    runs.run(Runs.of(SpliceBenchmark.class, "graft|protobuf"));
    runs.run(Runs.of(NestingBenchmark.class, "inAnswers"));
    // With ten thousand, the answers would be gigabytes. Graft's default is to allow 1,024.
    runs.run(Runs.of(NestingBenchmark.class, "inMessages").param("levels", "10", "100", "1000"));
    LoweringResults results = new LoweringResults();
    runs.results().forEach(run -> add(run, results));
    return results.markdown();
  }

  private static void add(RunResult run, LoweringResults results) {
    String method = Runs.method(run);
    String shape = run.getParams().getParam("shape");
    String levels = run.getParams().getParam("levels");
    String extensions = run.getParams().getParam("extensions");
    if (shape != null) {
      Search search = Search.valueOf(run.getParams().getParam("search"));
      results.addWalk(method, Shape.valueOf(shape), search, Timing.of(run));
    } else if (levels != null) {
      results.addNesting(method, Integer.parseInt(levels), Timing.of(run));
    } else {
      results.addSplice(method, Integer.parseInt(extensions), Timing.of(run));
    }
  }
}
