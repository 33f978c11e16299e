package dev.graft.benchmarks.lowering;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A plan of nothing but extensions inside extensions; see {@link NestedExtensions}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
public class NestingBenchmark {
  /** How many extensions are inside one another. */
  @Param({"10", "100", "1000", "10000"})
  public int levels = 10;

  private final GraftLowering lowering = new GraftLowering();
  private final byte[] single = NestedExtensions.single();
  private byte[] inMessages = {};

  /** Builds the plan. */
  @Setup
  public void build() {
    inMessages = NestedExtensions.inMessages(levels);
  }

  /** Each answer holds the next extension. */
  @Benchmark
  public byte[] inAnswers() {
    return lowering.lower(single, new NestedExtensions.Countdown(levels));
  }

  /** Each extension's message, and so its answer, holds all further extensions. */
  @Benchmark
  public byte[] inMessages() {
    return lowering.lower(inMessages, NestedExtensions::unpack);
  }
}
