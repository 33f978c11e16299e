package dev.graft.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.Descriptors;
import dev.graft.testkit.tree.PlanTree;
import org.junit.jupiter.api.Test;

/** The demonstration's plans, as far as they can be judged without a server. */
class DemoPlansTest {
  private final PlanTree tree =
      new PlanTree(Descriptors.ofConnect().and(Descriptors.read(Acme.descriptors())), 500);

  @Test
  void everyPlanHoldsTheMessageItIsAbout() {
    for (DemoStep step : DemoPlans.steps()) {
      assertThat(tree.print(ConnectType.PLAN, step.plan().toByteArray()))
          .contains("Any \"type.googleapis.com/" + step.messageName() + "\"")
          .doesNotContain("✗", "field ");
    }
  }

  @Test
  void allThreeKindsAreShown() {
    assertThat(DemoPlans.steps()).anyMatch(step -> step.plan().hasCommand());
    assertThat(DemoPlans.steps()).anyMatch(step -> step.plan().getRoot().hasExtension());
    assertThat(DemoPlans.steps()).anyMatch(step -> step.plan().getRoot().hasProject());
  }

  @Test
  void fieldsOfMessagesWithoutClassesAreShownByName() {
    String stamp = tree.print(ConnectType.PLAN, DemoPlans.steps().get(3).plan().toByteArray());
    assertThat(stamp)
        .contains("column: \"source\"", "text: \"Palmer  Station\\tLTER\"", "by: \"species\"");
  }
}
