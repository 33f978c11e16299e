package dev.graft.spark.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.junit.jupiter.api.Test;

class SizeTest {
  private static LogicalPlan twice(LogicalPlan plan) {
    return new Union(Nodes.list(List.of(plan, plan)), false, false);
  }

  @Test
  void whatStandsInTwoPlacesCountsTwice() {
    assertThat(Size.of(twice(twice(new OneRowRelation())), 100)).isEqualTo(7);
  }

  /** A plan that doubles at each level is small in memory, and endless for who walks through it. */
  @Test
  void countingEndsAtTheLimit() {
    LogicalPlan plan = new OneRowRelation();
    for (int level = 0; level < 100; level++) {
      plan = twice(plan);
    }

    assertThat(Size.of(plan, 1_000)).isEqualTo(1_000);
  }
}
