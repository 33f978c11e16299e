package dev.graft.cli.programs;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What {@code cargo test} says, which writes its results in JUnit's format in no released version.
 *
 * <p>Cargo names each program that it runs, and each program lists its tests, then says of those
 * that failed why, and then how many there were: as many as the list has.
 */
public final class CargoTests {
  private static final Pattern PROGRAM =
      Pattern.compile("\\s*(?:Running (?:unittests )?(\\S+) \\(.*\\)|Doc-tests (\\S+))");
  private static final Pattern TEST =
      Pattern.compile("test (.+?)(?: - should panic)? \\.\\.\\. (ok|FAILED|ignored)(?:, (.*))?");
  private static final Pattern REASON = Pattern.compile("---- (.+) stdout ----");
  private static final Pattern SUMMARY =
      Pattern.compile("test result: .*?(\\d+) passed; (\\d+) failed; (\\d+) ignored; .*");

  private record Outcome(String program, String test, String result, String reason) {}

  private CargoTests() {}

  /** Runs {@code cargo test} with more arguments; each test as a test here. */
  public static Stream<DynamicTest> run(
      Path crate, Map<String, String> variables, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("cargo", "test", "--no-fail-fast"));
    command.addAll(arguments);
    List<String> lines = new ArrayList<>();
    int status = Programs.run(crate, variables, command, lines::add);
    List<DynamicTest> tests = new ArrayList<>();
    boolean failed = false;
    for (Outcome outcome : read(lines)) {
      failed |= outcome.result().equals("FAILED");
      tests.add(
          DynamicTest.dynamicTest(
              outcome.program() + " " + outcome.test(), () -> assertPassed(outcome)));
    }
    if (tests.isEmpty() || (status != 0) != failed) {
      fail("cargo test ended with " + status + " and " + tests.size() + " tests; see above");
    }
    return tests.stream();
  }

  private static List<Outcome> read(List<String> lines) {
    Map<String, String> reasons = reasons(lines);
    List<Outcome> all = new ArrayList<>();
    String program = "";
    int before = 0;
    for (String line : lines) {
      Matcher running = PROGRAM.matcher(line);
      Matcher test = TEST.matcher(line);
      Matcher summary = SUMMARY.matcher(line);
      if (running.matches()) {
        program = running.group(1) == null ? running.group(2) : running.group(1);
      } else if (test.matches()) {
        String reason =
            test.group(3) == null
                ? reasons.getOrDefault(program + " " + test.group(1), "")
                : test.group(3);
        all.add(new Outcome(program, test.group(1), test.group(2), reason));
      } else if (summary.matches()) {
        int said = 0;
        for (int group = 1; group <= 3; group++) {
          said += Integer.parseInt(summary.group(group));
        }
        if (all.size() - before != said) {
          fail(
              program + " ran " + said + " tests, of which " + (all.size() - before) + " are read");
        }
        before = all.size();
      }
    }
    return all;
  }

  /** What failed tests have printed, by program and test. */
  private static Map<String, String> reasons(List<String> lines) {
    Map<String, String> reasons = new HashMap<>();
    String program = "";
    String test = "";
    for (String line : lines) {
      Matcher running = PROGRAM.matcher(line);
      Matcher reason = REASON.matcher(line);
      if (running.matches()) {
        program = running.group(1) == null ? running.group(2) : running.group(1);
        test = "";
      } else if (reason.matches()) {
        test = program + " " + reason.group(1);
      } else if (line.equals("failures:")) {
        test = "";
      } else if (!test.isEmpty()) {
        reasons.merge(test, line, (before, next) -> before + "\n" + next);
      }
    }
    return reasons;
  }

  private static void assertPassed(Outcome outcome) {
    switch (outcome.result()) {
      case "FAILED" -> fail(outcome.reason());
      case "ignored" -> abort(outcome.reason());
      default -> {}
    }
  }
}
