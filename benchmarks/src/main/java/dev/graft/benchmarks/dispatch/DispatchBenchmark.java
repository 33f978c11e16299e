package dev.graft.benchmarks.dispatch;

import dev.graft.spi.Answer;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.Relation;
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
 * From a relation extension in the server's hands to the answer of the plugin it is for: finding
 * the plugin, parsing the message, making the node.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
// In a heap this small G1 would treat each copy of 1 MB as a special case, which it does not in a
// server's heap.
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
public class DispatchBenchmark {
  /** How many plugins are loaded. */
  @Param({"1", "10", "100", "1000"})
  public int plugins;

  /** The size of the plugin's message. */
  @Param({"100", "1000000"})
  public int messageBytes;

  /** Which plugin the message is for. */
  @Param("LAST")
  public Place place = Place.LAST;

  private Contenders contenders = new Contenders(1, 100, Place.LAST);

  /** Loads the plugins. */
  @Setup
  public void load() {
    contenders = new Contenders(plugins, messageBytes, place);
  }

  /** See {@link Contenders#graft}. */
  @Benchmark
  @Fork(2)
  public Answer graft() {
    return contenders.graft();
  }

  /** See {@link Contenders#graftInSpark}. */
  @Benchmark
  @Fork(2)
  public Answer graftInSpark() {
    return contenders.graftInSpark();
  }

  /** See {@link Contenders#spark4}. */
  @Benchmark
  public Relation spark4() {
    return contenders.spark4();
  }

  /** See {@link Contenders#spark3}. */
  @Benchmark
  public Relation spark3() {
    return contenders.spark3();
  }
}
