package dev.graft.testkit.spark.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each rule catches a native plugin that breaks it, and only that one does. */
class NativePluginContractIT {
  private static final String[] ALL = {
    "throwsNothingButPlanningErrors",
    "declinesWhatIsNotItsOwn",
    "keepsPlanIds",
    "isDeterministic",
    "leavesTheSessionAsItWas",
    "leavesTheServerAtWork"
  };

  /** What each rule came to: the text of the failure, or nothing. */
  private static Map<String, String> run(Class<?> contract) {
    Map<String, String> results = new TreeMap<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .configurationParameter("jqwik.database", "")
                .configurationParameter("jqwik.shrinking.bounded.seconds", "1")
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
  @ValueSource(
      classes = {
        BrokenNativePlugins.Sound.class,
        BrokenNativePlugins.SoundColumn.class,
        BrokenNativePlugins.SoundCommand.class,
        BrokenNativePlugins.Replacing.class,
        BrokenNativePlugins.HeldBack.class
      })
  void aPluginThatKeepsTheRulesPassesThemAll(Class<?> contract) {
    Map<String, String> results = run(contract);

    assertThat(results).containsOnlyKeys(ALL);
    assertThat(results.values()).containsOnly("");
  }

  static Stream<Arguments> brokenContracts() {
    return Stream.of(
        Arguments.of(
            BrokenNativePlugins.Throwing.class,
            "throwsNothingButPlanningErrors",
            "ArithmeticException: / by zero"),
        Arguments.of(
            BrokenNativePlugins.Silent.class,
            "throwsNothingButPlanningErrors",
            "GRAFT_PLUGIN_REFUSED"),
        Arguments.of(
            BrokenNativePlugins.Shipping.class,
            "throwsNothingButPlanningErrors",
            "Job aborted due to stage failure"),
        Arguments.of(
            BrokenNativePlugins.Greedy.class,
            "declinesWhatIsNotItsOwn",
            "It answers what is not its own."),
        Arguments.of(BrokenNativePlugins.Rebuilding.class, "keepsPlanIds", "no longer resolves"),
        Arguments.of(BrokenNativePlugins.ByName.class, "keepsPlanIds", "AMBIGUOUS_REFERENCE"),
        Arguments.of(
            BrokenNativePlugins.Counting.class, "isDeterministic", "It is answered once with"),
        Arguments.of(
            BrokenNativePlugins.Setting.class,
            "leavesTheSessionAsItWas",
            "spark.sql.shuffle.partitions | 7"),
        Arguments.of(
            BrokenNativePlugins.HalfDone.class, "leavesTheSessionAsItWas", "spark.acme.names"));
  }

  @ParameterizedTest
  @MethodSource("brokenContracts")
  void aPluginThatBreaksARuleIsCaught(Class<?> contract, String rule, String text) {
    Map<String, String> results = run(contract);

    assertThat(results).containsOnlyKeys(ALL);
    assertThat(results.get(rule)).contains(text);
    assertThat(results.entrySet().stream().filter(result -> !result.getValue().isEmpty()))
        .extracting(Map.Entry::getKey)
        .containsExactly(rule);
  }

  /** One of its names was once drawn at random, and a second rule failed for it. */
  @Test
  void aBrokenPluginBreaksInOneWayOnlyWhateverNamesItGets() {
    Map<String, String> results = run(BrokenNativePlugins.ByUnreadableName.class);

    assertThat(results.remove("keepsPlanIds")).contains("AMBIGUOUS_REFERENCE");
    assertThat(results.values()).hasSize(ALL.length - 1).containsOnly("");
  }

  @Test
  void aPluginThatStopsTheServerIsCaughtWhateverIsAskedFirst() {
    Map<String, String> results = run(BrokenNativePlugins.Stopping.class);

    assertThat(results.get("leavesTheServerAtWork")).contains("answers no plain query");
  }
}
