package dev.graft.spark.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import org.junit.jupiter.api.Test;

/** Which answers may be left to the analysis around them, on Spark's own plans. */
class OneAnalysisTest {
  private static final LogicalPlan TABLE = new OneRowRelation();

  private static LogicalPlan high(int nodes) {
    LogicalPlan plan = new OneRowRelation();
    for (int node = 1; node < nodes; node++) {
      plan = new Distinct(plan);
    }
    return plan;
  }

  @Test
  void nodesThatNeedNothingBeforeAllElseMayBe() {
    assertThat(OneAnalysis.suffices(new Distinct(new Distinct(TABLE)), List.of())).isTrue();
  }

  @Test
  void whatSparkReplacesBeforeAllElseIsAnalysedByItself() {
    assertThat(OneAnalysis.suffices(new WithCTE(TABLE, Nodes.list(List.of())), List.of()))
        .isFalse();
  }

  @Test
  void nodesThatNobodyHasLookedAtAreAnalysedByThemselves() {
    assertThat(OneAnalysis.suffices(new Repartition(2, true, TABLE), List.of())).isFalse();
    assertThat(OneAnalysis.suffices(new Distinct(new Repartition(2, true, TABLE)), List.of()))
        .isFalse();
  }

  @Test
  void aUnionOfOneIsNone() {
    assertThat(OneAnalysis.suffices(new Union(Nodes.list(List.of(TABLE)), false, false), List.of()))
        .isFalse();
    assertThat(
            OneAnalysis.suffices(
                new Union(Nodes.list(List.of(TABLE, TABLE)), false, false), List.of()))
        .isTrue();
  }

  /** It has been in the plan from its beginning, and Spark has replaced in it what it must. */
  @Test
  void whatIsInAnInputDoesNotMatter() {
    LogicalPlan input = new Repartition(2, true, TABLE);

    assertThat(OneAnalysis.suffices(new Distinct(input), List.of(input))).isTrue();
    assertThat(OneAnalysis.suffices(new Distinct(input), List.of(TABLE))).isFalse();
  }

  @Test
  void moreThanTenNodesInOneAnotherAreHigh() {
    assertThat(OneAnalysis.isHigh(high(10))).isFalse();
    assertThat(OneAnalysis.isHigh(high(11))).isTrue();
  }

  @Test
  void whatIsAnalysedIsNotHigh() {
    LogicalPlan analysed = high(100);
    analysed.setAnalyzed();

    assertThat(OneAnalysis.isHigh(analysed)).isFalse();
    assertThat(OneAnalysis.isHigh(new Distinct(analysed))).isFalse();
  }
}
