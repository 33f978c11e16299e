package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./graft test}, with a Maven that leaves the reports that a test wants. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script wants a POSIX system")
class GraftScriptTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "mvn $* seed=$GRAFT_TEST_SEED effort=$GRAFT_TEST_EFFORT"
      sleep 1.1 # reports count if they are newer than the run's begin, by file times in seconds
      mkdir -p one/target/surefire-reports two/target/failsafe-reports
      printf '%s\\n' "$SUREFIRE" > one/target/surefire-reports/TEST-acme.xml
      [ -z "$REPORTS" ] || cp "$REPORTS" one/target/surefire-reports/TEST-acme.xml
      printf '%s\\n' "$FAILSAFE" > two/target/failsafe-reports/failsafe-summary.xml
      exit "$STATUS"
      """;

  private static final String PASSED =
      """
      <testsuite name="acme" time="1,234.5" tests="2" errors="0" skipped="0" failures="0">
        <testcase name="one" classname="acme.SomeTest"/>
        <testcase name="two" classname="acme.SomeTest"/>
      </testsuite>
      """;
  private static final String FAILED =
      """
      <testsuite name="acme" tests="2" errors="1" skipped="0" failures="0">
        <testcase name="one" classname="acme.SomeTest"/>
        <testcase name="two(&quot;`&quot;)" classname="acme.SomeTest">
          <error message="m">text</error>
        </testcase>
      </testsuite>
      """;

  /**
   * One test that is disabled, and one that is aborted: the report has their reasons in two ways.
   */
  private static final String SKIPPED =
      """
      <testsuite name="acme" tests="2" errors="0" skipped="2" failures="0">
        <testcase name="one" classname="acme.SomeTest">
          <skipped message="Snow &amp; ice cannot be had in summer"/>
        </testcase>
        <testcase name="two" classname="acme.SomeTest">
          <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Rain %s
      	at acme.SomeTest.two(SomeTest.java:1)
      ]]></skipped>
        </testcase>
      </testsuite>
      """;

  private static final String SUMMARY =
      """
      <failsafe-summary xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" timeout="false">
        <failureMessage xsi:nil="true"></failureMessage>
      </failsafe-summary>
      """;
  private static final String BROKEN_OFF =
      """
      <failsafe-summary result="254" timeout="false">
        <failureMessage>The forked VM terminated without saying goodbye</failureMessage>
      </failsafe-summary>
      """;

  private record Run(int status, String output) {}

  @TempDir private Path folder;

  @BeforeEach
  void copyScript() throws IOException {
    Files.copy(Path.of("../graft"), folder.resolve("graft"));
    Path maven =
        Files.writeString(Files.createDirectory(folder.resolve("bin")).resolve("mvn"), MAVEN);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  private Run run(Map<String, String> variables, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("bash", folder.resolve("graft").toString(), "test"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.merge("PATH", "", (path, none) -> folder.resolve("bin") + ":" + path);
    environment
        .keySet()
        .removeAll(List.of("CI", "REPORTS", "GRAFT_TEST_SEED", "GRAFT_TEST_EFFORT"));
    environment.putAll(Map.of("SUREFIRE", PASSED, "FAILSAFE", SUMMARY, "STATUS", "0"));
    environment.putAll(variables);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), output);
  }

  @Test
  void anOrdinaryRunHasTheSeedOneAndTestsEveryModule() throws Exception {
    Run run = run(Map.of(), "-pl", "one");

    assertThat(run.output())
        .startsWith("Seed: 1\nmvn ")
        .contains("--fail-at-end -Dmaven.test.failure.ignore=true verify -pl one seed=1 effort=\n")
        .contains("The slowest test classes, in seconds:\n   1234  acme\n")
        .endsWith("Seed: 1\nTests: 2 passed, 0 failed, 0 skipped\n");
    assertThat(run.status()).isZero();
  }

  /**
   * So many that no pipe holds them: a part of the script that stops reading would fail the run.
   */
  @Test
  void thousandsOfClassesAreATableOfTheTenSlowest() throws Exception {
    String names = "acme.".repeat(20);
    String all =
        IntStream.rangeClosed(1, 3_000)
            .mapToObj(
                n -> "<testsuite name=\"%s%d\" time=\"%d\" tests=\"1\">".formatted(names, n, n))
            .collect(Collectors.joining("\n"));
    Path reports = Files.writeString(folder.resolve("reports"), all);

    Run run = run(Map.of("REPORTS", reports.toString()));

    assertThat(run.output())
        .contains("   3000  " + names + "3000\n")
        .contains("   2991  " + names + "2991\n\nSeed: 1\n")
        .endsWith("Tests: 3000 passed, 0 failed, 0 skipped\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void aQuickRunNeedsNoServer() throws Exception {
    assertThat(run(Map.of(), "--quick").output())
        .contains(" verify -T 2 -DskipITs -DexcludedGroups=slow seed=1 effort=0.2");
  }

  @Test
  void oneTestClassIsRunInItsModule() throws Exception {
    Path tests = Files.createDirectories(folder.resolve("kits/one/src/test/java/acme"));
    Files.writeString(tests.resolve("SomeTest.java"), "");
    Files.writeString(tests.resolve("SomeIT.java"), "");

    assertThat(run(Map.of(), "--only", "SomeTest").output())
        .containsPattern(" verify -pl kits/one -am .*-Dtest=SomeTest -DskipITs seed=1");
    assertThat(run(Map.of(), "--only", "SomeIT").output())
        .containsPattern(" verify -pl kits/one -am .*-Dtest=NoUnitTest -Dit.test=SomeIT seed=1");
    assertThat(run(Map.of(), "--only", "OtherTest"))
        .isEqualTo(new Run(1, "graft: There is no test class OtherTest.\n"));
  }

  @Test
  void aTestThatFailsIsNamedAndFailsTheRunThoughMavenWentOn() throws Exception {
    Run run = run(Map.of("SUREFIRE", FAILED));

    assertThat(run.output())
        .contains("Failed:\n  acme.SomeTest.two(\"`\")\n")
        .endsWith("Tests: 1 passed, 1 failed, 0 skipped\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void integrationTestsThatAreBrokenOffFailTheRun() throws Exception {
    Run run = run(Map.of("FAILSAFE", BROKEN_OFF));

    assertThat(run.output())
        .contains("Broken off, the reason is in target/failsafe-reports:\n  two\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void whatElseMavenFailsForFailsTheRun() throws Exception {
    assertThat(run(Map.of("STATUS", "1")).status()).isEqualTo(1);
  }

  @Test
  void aLongRunDrawsASeedAndSaysHowToHaveItAgain() throws Exception {
    Run run = run(Map.of(), "--long", "-q");
    Run again = run(Map.of(), "--long", "--seed", "42");

    assertThat(run.output())
        .containsPattern("Seed: (\\d+) \\(again: \\./graft test --long --seed \\1\\)\\R")
        .containsPattern("verify -q seed=\\d+ effort=5\\R");
    assertThat(again.output()).contains("verify seed=42 effort=5\n");
  }

  @Test
  void aSeedIsAWholeNumber() throws Exception {
    Run run = run(Map.of(), "--seed", "many");

    assertThat(run.output()).isEqualTo("graft: --seed wants a whole number.\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aSkippedTestIsNamedWithItsReason() throws Exception {
    Run run = run(Map.of("SUREFIRE", SKIPPED.formatted("is late")));

    assertThat(run.output())
        .contains(
            """
            Skipped:
              acme.SomeTest.one: Snow & ice cannot be had in summer
              acme.SomeTest.two: Rain is late
            """)
        .endsWith("Tests: 0 passed, 0 failed, 2 skipped\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void inCiATestMayBeSkippedOnlyForWhatCannotBeHad() throws Exception {
    Run late = run(Map.of("CI", "true", "SUREFIRE", SKIPPED.formatted("is late")));
    Run none = run(Map.of("CI", "true", "SUREFIRE", SKIPPED.formatted("cannot be had either")));

    assertThat(late.output()).contains("graft: In CI a skipped test is a failure.\n");
    assertThat(late.status()).isEqualTo(1);
    assertThat(none.output()).doesNotContain("In CI");
    assertThat(none.status()).isZero();
  }
}
