package dev.graft.benchmarks.lowering;

import dev.graft.registry.lowering.Expansion;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.Expression;
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

/**
 * Columns in the middle of {@link Shape#EXPRESSIONS} are extensions, and replaced by an answer that
 * lies ready: as bytes for Graft, as a message for protobuf-java.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
public class SpliceBenchmark {
  /** How many columns are extensions; a tenth of all is 73. */
  @Param({"1", "73"})
  public int extensions = 1;

  private final GraftLowering lowering = new GraftLowering();
  private byte[] plan = {};
  private final Expression answer = Plans.answer();
  private final byte[] answerBytes = answer.toByteArray();

  /** Builds the plan. */
  @Setup
  public void build() {
    plan = Plans.withExtensions(extensions).toByteArray();
  }

  /** Lowering, as a host calls it. */
  @Benchmark
  public byte[] graft() {
    return lowering.lower(plan, extension -> new Expansion.Replace(answerBytes));
  }

  /** Parsing the plan, replacing the columns by builders, serialising. */
  @Benchmark
  public byte[] protobuf() {
    return FullParse.replaceColumns(plan, answer);
  }
}
