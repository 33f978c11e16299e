package dev.graft.benchmarks.dispatch;

import dev.graft.registry.invoke.Tally;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to count a call of a plugin: to look at the clock twice, and to add its numbers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class CountingBenchmark {
  private static final int BYTES_IN = 100;
  private static final int BYTES_OUT = 300;

  private final Tally tally = new Tally();

  /** The clock alone. */
  @Benchmark
  public long clock() {
    long start = System.nanoTime();
    return System.nanoTime() - start;
  }

  /** As each call is counted. */
  @Benchmark
  public void alone() {
    count();
  }

  /** The same by two threads at once, for the same message. */
  @Benchmark
  @Threads(2)
  public void byTwo() {
    count();
  }

  private void count() {
    long start = System.nanoTime();
    tally.accepted(System.nanoTime() - start, BYTES_IN, BYTES_OUT);
  }
}
