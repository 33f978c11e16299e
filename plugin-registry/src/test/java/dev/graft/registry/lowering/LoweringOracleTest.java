package dev.graft.registry.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.graft.registry.descriptor.ConnectType;
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
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
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
 * mvn -pl plugin-snapshot -am test -Dtest=LoweringOracleTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dgraft.oracle.tries=1100000
 * }</pre>
 */
class LoweringOracleTest {
  private static final ExpansionLimits WIDE = new ExpansionLimits(10_000, 10_000_000);
  private static final LoweringTable TABLE = LoweringTable.ofConnect();

  private final Lowering lowering = new Lowering(TABLE);

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

  /** Small plans are searched as a whole; with 0 they are walked, as large ones are. */
  @Provide
  Arbitrary<Integer> searched() {
    return Arbitraries.of(0, 64, 512, Walk.SEARCHED);
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  @AddLifecycleHook(OracleTries.class)
  void spliceEqualsParseAndRebuild(
      @ForAll("seeds") long seed, @ForAll ConnectType root, @ForAll("searched") int searched) {
    Message plan = new RandomPlans(seed, 150).fill(ParserComparison.prototype(root));

    ParserComparison comparison =
        ParserComparison.ofEncoded(new Lowering(TABLE, searched), root, plan);

    if (comparison.refusal() != null) {
      // The one refusal that random plans provoke: an answer without a kind of node.
      assertThat(comparison.refusal()).contains("is an empty spark.connect.");
    }
    count("plans: tried");
    count("plans: " + comparison.ending());
    OracleCounts.add("plans: extensions found in those", comparison.found());
    if (comparison.refusal() == null) {
      count(
          comparison.found() == 0
              ? "plans: of those, without an extension"
              : "plans: of those, with extensions");
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void withoutAnythingReplacedTheArrayIsTheSame(
      @ForAll("seeds") long seed, @ForAll ConnectType root, @ForAll("searched") int searched) {
    byte[] plan = new RandomPlans(seed, 100).fill(ParserComparison.prototype(root)).toByteArray();

    byte[] lowered =
        new Lowering(TABLE, searched)
            .lower(root, plan, extension -> new Expansion.Leave(), new ExpansionBudget(WIDE));

    assertThat(lowered).isSameAs(plan);
  }

  @Property(tries = 4000, shrinking = ShrinkingMode.OFF)
  @AddLifecycleHook(OracleTries.class)
  void mutatedBytesAreRefusedOrLoweredAsTheParserSeesThem(
      @ForAll("seeds") long seed,
      @ForAll ConnectType root,
      @ForAll("searched") int searched,
      @ForAll @IntRange(min = 1, max = 4) int changes) {
    byte[] bytes = new RandomPlans(seed, 40).fill(ParserComparison.prototype(root)).toByteArray();
    bytes = mutate(bytes, new Random(seed), changes);

    ParserComparison comparison =
        ParserComparison.ofAnyBytes(new Lowering(TABLE, searched), root, bytes);

    count("mutated: tried");
    count("mutated: " + comparison.ending());
    OracleCounts.add("mutated: extensions found in those", comparison.found());
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void twoPlansInOneAreRefusedOrLoweredAsTheParserMergesThem(
      @ForAll("seeds") long seed, @ForAll ConnectType root, @ForAll("searched") int searched) {
    Message prototype = ParserComparison.prototype(root);
    byte[] first = new RandomPlans(seed, 20).fill(prototype).toByteArray();
    byte[] second = new RandomPlans(seed + 1, 20).fill(prototype).toByteArray();
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);

    ParserComparison.ofAnyBytes(new Lowering(TABLE, searched), root, both);
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void randomBytesAreRefusedOrPass(@ForAll byte[] bytes, @ForAll ConnectType root) {
    byte[] withTag = java.util.Arrays.copyOf(bytes, bytes.length + 2);
    withTag[bytes.length] = (byte) 0xB2;
    withTag[bytes.length + 1] = 0x3E;
    ParserComparison.ofAnyBytes(new Lowering(TABLE, 0), root, withTag);
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

  @Property(tries = 1000)
  void theCursorFindsInEachRangeWhatALoopFinds(
      @ForAll @Size(max = 9000) List<@IntRange(min = 0, max = 40) Integer> symbols,
      @ForAll List<@IntRange(min = 1, max = 3000) Integer> cuts) {
    byte[] bytes = new byte[symbols.size()];
    for (int i = 0; i < bytes.length; i++) {
      int symbol = symbols.get(i);
      bytes[i] = (byte) (symbol == 0 ? 0xB2 : symbol == 1 ? 0x3E : symbol);
    }
    CandidateCursor cursor = new CandidateCursor(bytes);
    int from = 0;
    for (int cut : cuts) {
      int to = Math.min(bytes.length, from + cut);
      boolean expected = false;
      for (int i = from; i < to - 1; i++) {
        expected |= bytes[i] == (byte) 0xB2 && bytes[i + 1] == 0x3E;
      }

      assertThat(cursor.isIn(from, to)).isEqualTo(expected);

      // Into the range, past it, or past some bytes behind it.
      from = Math.min(bytes.length, cut % 3 == 0 ? from + cut / 3 : to + cut % 7);
    }
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
}
