package dev.graft.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each contract catches a plugin that breaks it, and only that one does. */
@Tag("slow")
class PluginContractTest {
  private static final String[] ALL = {
    "throwsNothingButPlanningErrors",
    "declinesWhatIsNotItsOwn",
    "emitsOnlyNodesThatItsLinesKnow",
    "keepsPlanIds",
    "leavesAnalysisToTheWholePlan",
    "doesNotMultiplyItsInputs",
    "isDeterministic",
    "doesNotTouchItsInputs"
  };

  /** What each property came to: the text of the failure, or nothing. */
  private static Map<String, String> run(Class<?> contract) {
    Map<String, String> results = new TreeMap<>();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(contract))
            .configurationParameter("jqwik.database", "")
            .build(),
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
              results.put(
                  test.getDisplayName().replace(" ", ""),
                  result.getThrowable().map(Throwable::toString).orElse(""));
            }
          }
        });
    return results;
  }

  @ParameterizedTest
  @MethodSource("soundContracts")
  void aPluginThatKeepsTheRulesPassesThemAll(Class<?> contract) {
    Map<String, String> results = run(contract);

    assertThat(results).containsOnlyKeys(ALL);
    assertThat(results.values()).containsOnly("");
  }

  static Stream<Class<?>> soundContracts() {
    return Stream.of(
        BrokenContracts.Sound.class,
        BrokenContracts.SoundCommand.class,
        BrokenContracts.NewWhereItIsKnown.class,
        BrokenContracts.Filtering.class,
        BrokenContracts.DoublingOnPurpose.class,
        BrokenContracts.CheckingNames.class,
        BrokenContracts.CheckingGivenNames.class);
  }

  static Stream<Arguments> brokenContracts() {
    return Stream.of(
        Arguments.of(
            BrokenContracts.Throwing.class,
            "throwsNothingButPlanningErrors",
            "ArithmeticException: / by zero"),
        Arguments.of(
            BrokenContracts.Overflowing.class,
            "throwsNothingButPlanningErrors",
            "GRAFT_PLUGIN_STACK_OVERFLOW"),
        Arguments.of(
            BrokenContracts.ReturningNull.class,
            "throwsNothingButPlanningErrors",
            "GRAFT_PLUGIN_RETURNED_NULL"),
        Arguments.of(
            BrokenContracts.Silent.class, "throwsNothingButPlanningErrors", "GRAFT_PLUGIN_REFUSED"),
        Arguments.of(
            BrokenContracts.Greedy.class,
            "declinesWhatIsNotItsOwn",
            "It answers what is not its own."),
        Arguments.of(
            BrokenContracts.TooNew.class,
            "emitsOnlyNodesThatItsLinesKnow",
            "Spark Connect has that since 4.0"),
        Arguments.of(
            BrokenContracts.FromNowhere.class,
            "emitsOnlyNodesThatItsLinesKnow",
            "fields that no line knows: [7777]"),
        Arguments.of(
            BrokenContracts.DroppingPlanIds.class,
            "keepsPlanIds",
            "graft_input_1000 has no plan id"),
        Arguments.of(
            BrokenContracts.InventingPlanIds.class,
            "keepsPlanIds",
            "has the plan id 1, which did not"),
        Arguments.of(
            BrokenContracts.AddingColumns.class,
            "leavesAnalysisToTheWholePlan",
            "The answer has a with_columns above an expression of the message."),
        Arguments.of(
            BrokenContracts.Doubling.class,
            "doesNotMultiplyItsInputs",
            "The input graft_input_1000 stands in 2 places of the answer, more than 1. Each is planned and computed by itself, and three such operations in one another do so 8 times. Take what is needed of it in one pass, by a window or an aggregate, or, where that is meant, override mostPlacesOfAnInput() of the contract."),
        Arguments.of(
            BrokenContracts.DoublingExpressions.class,
            "doesNotMultiplyItsInputs",
            "The input graft_column_1000 stands in 2 places of the answer, more than 1."),
        Arguments.of(BrokenContracts.Counting.class, "isDeterministic", "alias: \"t"),
        Arguments.of(
            BrokenContracts.Remembering.class, "isDeterministic", "It is answered once with"),
        Arguments.of(
            BrokenContracts.Writing.class,
            "doesNotTouchItsInputs",
            "written to the extension, at byte 0"));
  }

  @ParameterizedTest
  @MethodSource("brokenContracts")
  void aPluginThatBreaksARuleIsCaught(Class<?> contract, String rule, String text) {
    Map<String, String> results = run(contract);

    assertThat(results).containsOnlyKeys(ALL);
    assertThat(results.get(rule)).contains(text);
    assertThat(results.entrySet().stream().filter(result -> !result.getValue().isEmpty()))
        .as("the rules that fail")
        .extracting(Map.Entry::getKey)
        .containsExactly(rule);
  }

  @Test
  void aPluginThatAnswersNothingIsNotTriedAndThatIsSaid() {
    Map<String, String> results = run(BrokenContracts.Refusing.class);

    assertThat(results.get("throwsNothingButPlanningErrors")).isEmpty();
    assertThat(results.get("keepsPlanIds"))
        .contains("answers 0 of ", "Override messages() with messages that it takes.")
        .containsPattern("Most often, \\d\\d+ times: .*There is nothing that this takes\\.");
  }
}
