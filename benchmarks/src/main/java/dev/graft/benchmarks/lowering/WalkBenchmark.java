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

/** A plan that holds no extension, from bytes to bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
// The heap is that of the dispatch benchmarks, and for the same reason: G1 treats copies as large
// as half a region as special cases.
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
public class WalkBenchmark {
  /** What the plan is made of. */
  @Param({"EXPRESSIONS", "LOCAL_DATA", "CHAIN"})
  public Shape shape = Shape.EXPRESSIONS;

  /** What the byte search finds. */
  @Param({"FINDS_NOTHING", "FINDS_LOOKALIKE", "FINDS_LOOKALIKES"})
  public Search search = Search.FINDS_NOTHING;

  private final GraftLowering lowering = new GraftLowering();
  private byte[] plan = {};

  /** Builds the plan. */
  @Setup
  public void build() {
    plan = shape.plan(search).toByteArray();
  }

  /** Lowering, as a host calls it. */
  @Benchmark
  public byte[] graft() {
    return lowering.lower(plan);
  }

  /** Parsing the plan and serialising it. */
  @Benchmark
  public byte[] protobuf() {
    return FullParse.parseAndSerialise(plan);
  }
}
