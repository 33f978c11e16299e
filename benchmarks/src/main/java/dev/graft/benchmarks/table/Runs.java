package dev.graft.benchmarks.table;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks with JMH and keeps what was measured. Not safe for use by several threads. */
public final class Runs {
  private final List<RunResult> results = new ArrayList<>();

  /**
   * The options for some methods of a class; the first that fails ends the run.
   *
   * @param methods their names, with {@code |} between them
   */
  public static ChainedOptionsBuilder of(Class<?> benchmark, String methods) {
    return new OptionsBuilder()
        .include("\\." + benchmark.getSimpleName() + "\\.(" + methods + ")$")
        .shouldFailOnError(true);
  }

  /** Runs with these options. */
  public void run(ChainedOptionsBuilder options) throws RunnerException {
    results.addAll(new Runner(options.build()).run());
  }

  /** All results so far, in the order of the runs. */
  public List<RunResult> results() {
    return List.copyOf(results);
  }

  /** The name of the method that a result is of. */
  public static String method(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }
}
