package dev.graft.benchmarks.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.graft.registry.lowering.ExtensionSearch;
import org.apache.spark.connect.proto.Plan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameResultTest {
  @ParameterizedTest
  @CsvSource({
    "EXPRESSIONS, FINDS_NOTHING, 95000, 105000",
    "EXPRESSIONS, FINDS_LOOKALIKE, 95000, 105000",
    "EXPRESSIONS, FINDS_LOOKALIKES, 95000, 105000",
    "LOCAL_DATA, FINDS_NOTHING, 16777216, 16777316",
    "LOCAL_DATA, FINDS_LOOKALIKE, 16777216, 16777316",
    "CHAIN, FINDS_NOTHING, 2000, 5000",
    "CHAIN, FINDS_LOOKALIKE, 2000, 5000"
  })
  void planWithoutExtensionComesBackFromBoth(Shape shape, Search search, int least, int most) {
    WalkBenchmark benchmark = new WalkBenchmark();
    benchmark.shape = shape;
    benchmark.search = search;
    benchmark.build();
    Plan plan = shape.plan(search);

    assertThat(plan.getSerializedSize()).isBetween(least, most);
    assertThat(ExtensionSearch.mayHoldExtension(plan.toByteArray()))
        .isEqualTo(search != Search.FINDS_NOTHING);
    assertThat(parsed(benchmark.graft())).isEqualTo(plan);
    assertThat(parsed(benchmark.protobuf())).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 73})
  void extensionsAreReplacedByTheSameOnBothSides(int extensions) {
    SpliceBenchmark benchmark = new SpliceBenchmark();
    benchmark.extensions = extensions;
    benchmark.build();

    Plan spliced = parsed(benchmark.graft());

    assertThat(spliced.getRoot().getProject().getExpressionsList())
        .filteredOn(Plans.answer()::equals)
        .hasSize(extensions);
    assertThat(spliced.toByteString()).isEqualTo(ByteString.copyFrom(benchmark.protobuf()));
    assertThat(ExtensionSearch.mayHoldExtension(spliced.toByteArray())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 400})
  void nestedExtensionsComeDownToTheSamePlan(int levels) {
    NestingBenchmark benchmark = new NestingBenchmark();
    benchmark.levels = levels;
    benchmark.build();

    ByteString expected = Plans.planOf(NestedExtensions.lowered(levels)).toByteString();

    assertThat(ByteString.copyFrom(benchmark.inAnswers())).isEqualTo(expected);
    assertThat(ByteString.copyFrom(benchmark.inMessages())).isEqualTo(expected);
  }

  private static Plan parsed(byte[] plan) {
    return FullParse.parse(plan, 1024);
  }
}
