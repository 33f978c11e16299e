package dev.graft.registry.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.spi.Extension;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.assertj.core.api.Assumptions;

/**
 * What the walk does, against what a full parse does.
 *
 * <p>A build tries some thousands of random plans. A million of them are compared, and as many
 * mutated ones tried, in some 15 minutes by the command below; the counts are printed at the end.
 * One plan in fifteen is refused because one of its answers is empty, and is not compared; hence
 * the number.
 *
 * <pre>{@code
 * mvn -pl plugin-registry -am test -Dtest=LoweringOracleTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dgraft.oracle.tries=1100000
 * }</pre>
 */
class LoweringOracleTest {
  private static final ExpansionLimits WIDE = new ExpansionLimits(10_000, 10_000_000);

  private final Lowering lowering = new Lowering(LoweringTable.ofConnect());
  private final List<String> met = new ArrayList<>();

  @AfterContainer
  static void printCounts() {
    if (OracleTries.areSet()) {
      System.out.print(OracleCounts.text());
    }
  }

  @Provide
  Arbitrary<Long> seeds() {
    // Each as likely as any other: few plans are tried twice.
    return Arbitraries.longs().withDistribution(RandomDistribution.uniform()).withoutEdgeCases();
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  @AddLifecycleHook(OracleTries.class)
  void spliceEqualsParseAndRebuild(@ForAll("seeds") long seed, @ForAll ConnectType root)
      throws InvalidProtocolBufferException {
    Message plan = new RandomPlans(seed, 150).fill(prototype(root));
    ParseAndRebuild oracle = new ParseAndRebuild();

    count("plans: tried");
    byte[] lowered;
    try {
      lowered = lower(root, plan.toByteArray());
    } catch (GraftException refused) {
      // The one refusal that random plans provoke: an answer without a kind of node.
      assertThat(refused.code()).isEqualTo(ErrorCode.GRAFT_ANSWER_INVALID);
      assertThat(refused).hasMessageContaining("is an empty spark.connect.");
      count("plans: not compared, refused with " + refused.code());
      return;
    }
    Message expected = oracle.lower(plan);

    assertThat(ParseAndRebuild.parse(prototype(root), lowered)).isEqualTo(expected);
    assertThat(met).containsExactlyInAnyOrderElementsOf(oracle.met);
    count("plans: lowered as by parse and rebuild");
    OracleCounts.add("plans: extensions found in those", met.size());
    count(
        met.isEmpty()
            ? "plans: of those, without an extension"
            : "plans: of those, with extensions");
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void withoutAnythingReplacedTheArrayIsTheSame(
      @ForAll("seeds") long seed, @ForAll ConnectType root) {
    byte[] plan = new RandomPlans(seed, 100).fill(prototype(root)).toByteArray();

    byte[] lowered =
        lowering.lower(root, plan, extension -> new Expansion.Leave(), new ExpansionBudget(WIDE));

    assertThat(lowered).isSameAs(plan);
  }

  @Property(tries = 4000, shrinking = ShrinkingMode.OFF)
  @AddLifecycleHook(OracleTries.class)
  void mutatedBytesAreRefusedOrLoweredAsTheParserSeesThem(
      @ForAll("seeds") long seed,
      @ForAll ConnectType root,
      @ForAll @IntRange(min = 1, max = 4) int changes)
      throws InvalidProtocolBufferException {
    byte[] bytes = new RandomPlans(seed, 40).fill(prototype(root)).toByteArray();
    bytes = mutate(bytes, new Random(seed), changes);
    count("mutated: tried");

    byte[] lowered;
    try {
      lowered = lower(root, bytes);
    } catch (GraftException refused) {
      count("mutated: refused with " + refused.code());
      return;
    }
    Message parsed;
    ParseAndRebuild oracle = new ParseAndRebuild();
    Message expected;
    try {
      parsed = ParseAndRebuild.parse(prototype(root), bytes);
      expected = oracle.lower(parsed);
    } catch (InvalidProtocolBufferException | java.io.UncheckedIOException notReadable) {
      // Broken where the walk does not look; the server's parser will say so.
      count("mutated: broken where the walk does not look");
      return;
    }
    assertThat(ParseAndRebuild.parse(prototype(root), lowered)).isEqualTo(expected);
    assertThat(met).containsExactlyInAnyOrderElementsOf(oracle.met);
    count("mutated: lowered as by parse and rebuild");
    OracleCounts.add("mutated: extensions found in those", met.size());
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void randomBytesAreRefusedOrPass(@ForAll byte[] bytes, @ForAll ConnectType root) {
    byte[] withTag = java.util.Arrays.copyOf(bytes, bytes.length + 2);
    withTag[bytes.length] = (byte) 0xB2;
    withTag[bytes.length + 1] = 0x3E;
    try {
      lower(root, withTag);
    } catch (GraftException refused) {
      assertThat(refused.code())
          .isIn(
              ErrorCode.GRAFT_PLAN_MALFORMED,
              ErrorCode.GRAFT_TYPE_URL_MISSING,
              ErrorCode.GRAFT_ANSWER_INVALID);
    }
  }

  @Property(tries = 1000)
  void theSearchFindsEveryTagAtAnyPlace(
      @ForAll byte[] noise,
      @ForAll @IntRange(min = 0, max = 100) int place,
      @ForAll boolean expression,
      @ForAll boolean padded) {
    byte[] bytes = java.util.Arrays.copyOf(noise, Math.max(noise.length, place + 2));
    bytes[place] = (byte) (expression ? 0xBA : 0xB2);
    bytes[place + 1] = (byte) (padded ? 0xBE : 0x3E);

    assertThat(ExtensionSearch.mayHoldExtension(bytes)).isTrue();
  }

  @Property(tries = 1000)
  void theSearchFindsWhatALoopFinds(@ForAll byte[] bytes) {
    boolean expected = false;
    for (int i = 0; i + 1 < bytes.length; i++) {
      int first = bytes[i] & 0xFF;
      int second = bytes[i + 1] & 0xFF;
      expected |= (first == 0xB2 || first == 0xBA) && (second == 0x3E || second == 0xBE);
    }

    assertThat(ExtensionSearch.mayHoldExtension(bytes)).isEqualTo(expected);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void withoutOwnPlanIdKeepsTheRelationInside(@ForAll long seed)
      throws InvalidProtocolBufferException {
    Relation relation = new RandomPlans(seed, 20).fill(Relation.getDefaultInstance());

    Relation result =
        ParseAndRebuild.parse(
            Relation.getDefaultInstance(), lowering.withoutOwnPlanId(relation.toByteArray()));

    assertThat(result.getCommon().hasPlanId()).isFalse();
    if (relation.getCommon().hasPlanId()) {
      assertThat(result.getFilter().getInput()).isEqualTo(relation);
      assertThat(result.getFilter().getCondition().getLiteral().getBoolean()).isTrue();
    } else {
      assertThat(result).isEqualTo(relation);
    }
  }

  private static void count(String what) {
    OracleCounts.add(what, 1);
  }

  private byte[] lower(ConnectType root, byte[] bytes) {
    met.clear();
    return lowering.lower(root, bytes, this::expand, new ExpansionBudget(WIDE));
  }

  private Expansion expand(Extension extension) {
    ByteBuffer value = extension.value();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    met.add(extension.typeUrl() + ByteString.copyFrom(bytes).hashCode());
    return extension.typeUrl().equals(RandomPlans.REPLACE)
        ? new Expansion.Replace(bytes)
        : new Expansion.Leave();
  }

  private static byte[] mutate(byte[] bytes, Random random, int changes) {
    Assumptions.assumeThat(bytes.length).isPositive();
    byte[] result = bytes.clone();
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(result.length);
      switch (random.nextInt(4)) {
        case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> result[at] = (byte) random.nextInt(256);
        case 2 -> result = java.util.Arrays.copyOf(result, Math.max(1, at));
        default -> {
          int length = Math.min(random.nextInt(12), result.length - at);
          System.arraycopy(result, at, result, random.nextInt(result.length - length + 1), length);
        }
      }
    }
    return result;
  }

  private static Message prototype(ConnectType root) {
    return switch (root) {
      case RELATION -> Relation.getDefaultInstance();
      case EXPRESSION -> Expression.getDefaultInstance();
      case COMMAND -> Command.getDefaultInstance();
      case PLAN -> Plan.getDefaultInstance();
      case EXECUTE_PLAN_REQUEST -> ExecutePlanRequest.getDefaultInstance();
      case ANALYZE_PLAN_REQUEST -> AnalyzePlanRequest.getDefaultInstance();
    };
  }
}
