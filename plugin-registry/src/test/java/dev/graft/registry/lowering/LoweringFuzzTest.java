package dev.graft.registry.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.sun.management.ThreadMXBean;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.GraftException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link LoweringOracleTest} tries with random plans, here with inputs that grow by what they
 * cover. A build runs the seeds alone. One method at a time is fuzzed for as long as its annotation
 * says, and the seeds of earlier runs are kept in {@code .cifuzz-corpus}:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 mvn -pl plugin-snapshot -am test -Dtest=LoweringFuzzTest#anyBytes \
 *     -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
@Tag("slow")
class LoweringFuzzTest {
  private static final String FOR = "8m";
  private static final LoweringTable TABLE = LoweringTable.ofConnect();
  private static final ConnectType[] ROOTS = ConnectType.values();
  private static final int[] SEARCHED = {0, 64, 512, Walk.SEARCHED};

  /** One byte that chooses the root and the way, then the encoding of a random plan. */
  static Stream<byte[]> plans() {
    return IntStream.range(0, 120)
        .mapToObj(
            seed -> {
              Message plan = new RandomPlans(seed, 12).fill(ParserComparison.prototype(root(seed)));
              byte[] encoded = plan.toByteArray();
              byte[] input = new byte[encoded.length + 1];
              input[0] = (byte) seed;
              System.arraycopy(encoded, 0, input, 1, encoded.length);
              return input;
            });
  }

  @MethodSource("plans")
  @FuzzTest(maxDuration = FOR)
  void anyBytes(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ConnectType root = root(input[0]);
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);

    ParserComparison.ofAnyBytes(lowering(input[0]), root, bytes);

    try {
      ParserComparison.ofEncoded(lowering(input[0]), root, known(root, bytes));
    } catch (InvalidProtocolBufferException e) {
      // Nothing that an encoder could have written.
    }
  }

  /** What a parser understands of the bytes, for an encoder to write it anew. */
  private static Message known(ConnectType root, byte[] bytes)
      throws InvalidProtocolBufferException {
    CodedInputStream input = CodedInputStream.newInstance(bytes);
    input.setRecursionLimit(2000);
    return DiscardUnknownFieldsParser.wrap(ParserComparison.prototype(root).getParserForType())
        .parseFrom(input);
  }

  /** Plans as encoders write them: the input takes the decisions that are random elsewhere. */
  @MethodSource("decisions")
  @FuzzTest(maxDuration = FOR)
  void encodedPlans(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ConnectType root = root(input[0]);
    RandomPlans plans = new RandomPlans(new Decisions(input), 150);

    ParserComparison.ofEncoded(
        lowering(input[0]), root, plans.fill(ParserComparison.prototype(root)));
  }

  /** Not random at all: reads its bytes, and says 0 when they are used up. */
  private static final class Decisions extends Random {
    private static final long serialVersionUID = 1L;

    private final byte[] input;
    private int next;

    Decisions(byte[] input) {
      this.input = input;
    }

    @Override
    protected int next(int bits) {
      int value = 0;
      for (int shift = 0; shift < bits; shift += 8) {
        value = value << 8 | (next < input.length ? input[next++] & 0xFF : 0);
      }
      return bits == 32 ? value : value & (1 << bits) - 1;
    }
  }

  /** Some numbers, read as instructions: how deep to nest what in what, and where to break it. */
  static Stream<byte[]> instructions() {
    return noise(60, 24);
  }

  static Stream<byte[]> decisions() {
    return noise(100, 2000);
  }

  private static Stream<byte[]> noise(int seeds, int length) {
    return IntStream.range(0, seeds)
        .mapToObj(
            seed -> {
              byte[] input = new byte[length + seed];
              new Random(seed).nextBytes(input);
              return input;
            });
  }

  @MethodSource("instructions")
  @FuzzTest(maxDuration = FOR)
  void deepPlansTakeNoStackAndLittleMemory(byte[] input) throws InterruptedException {
    byte[] plan = DeepPlans.build(ByteBuffer.wrap(input));
    Lowering lowering = lowering(ROOTS.length * input.length);
    Measured measured = new Measured(lowering, plan);

    // The smallest stack that the JVM starts a thread with.
    Thread thread = new Thread(null, measured, "small stack", 1);
    thread.start();
    thread.join();

    assertThat(measured.failure).isNull();
    assertThat(measured.allocated)
        .as("bytes allocated for %d bytes of plan, %d of answers", plan.length, measured.answered)
        .isLessThan(200_000 + 64L * (plan.length + measured.answered));
  }

  /** Lowers a plan and keeps what that took. */
  private static final class Measured implements Runnable {
    private static final ExpansionLimits LIMITS = new ExpansionLimits(1024, 100_000);

    private final Lowering lowering;
    private final byte[] plan;
    private @Nullable Throwable failure;
    private long answered;
    private long allocated;

    Measured(Lowering lowering, byte[] plan) {
      this.lowering = lowering;
      this.plan = plan;
    }

    @Override
    public void run() {
      // The first time may load classes, which takes more memory than any plan.
      lower();
      lower();
    }

    private void lower() {
      Echo echo = new Echo();
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        lowering.lower(ConnectType.PLAN, plan, echo, new ExpansionBudget(LIMITS));
      } catch (GraftException refused) {
        // Refusals are as good an end as any other.
      } catch (Throwable e) {
        failure = e;
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
      answered = echo.answered;
    }
  }

  private static Lowering lowering(int way) {
    return new Lowering(TABLE, SEARCHED[Math.floorMod(way / ROOTS.length, SEARCHED.length)]);
  }

  private static ConnectType root(int way) {
    return ROOTS[Math.floorMod(way, ROOTS.length)];
  }
}
