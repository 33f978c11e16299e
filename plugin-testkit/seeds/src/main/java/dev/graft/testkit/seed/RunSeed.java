package dev.graft.testkit.seed;

import java.util.Map;
import java.util.function.Function;

/**
 * The seed of a test run, and how hard it searches. Both are read from the environment, since tests
 * start programs in other languages that draw from the same seed.
 *
 * @param seed {@value #SEED} in the environment; {@value #ORDINARY} unless set
 * @param effort {@value #EFFORT} in the environment: how many times as often as usual something is
 *     tried, more than 0; 1 unless set. Less than 1 is for tests in Java alone
 */
public record RunSeed(long seed, double effort) {
  /** The variable that holds the seed. */
  public static final String SEED = "GRAFT_TEST_SEED";

  /** The variable that says how many times as often something is tried. */
  public static final String EFFORT = "GRAFT_TEST_EFFORT";

  /** The seed of ordinary runs. */
  public static final long ORDINARY = 1;

  /**
   * A seed.
   *
   * @throws IllegalArgumentException if the effort is not more than 0
   */
  public RunSeed {
    if (!(effort > 0)) {
      throw new IllegalArgumentException(EFFORT + " is " + effort + ". Give more than 0.");
    }
  }

  /**
   * The seed of this run.
   *
   * @throws IllegalArgumentException if the environment has no numbers there
   */
  public static RunSeed ofThisRun() {
    return of(System.getenv());
  }

  static RunSeed of(Map<String, String> environment) {
    return new RunSeed(
        number(environment, SEED, ORDINARY, Long::parseLong, "a whole number"),
        number(environment, EFFORT, 1.0, Double::parseDouble, "a number"));
  }

  private static <T> T number(
      Map<String, String> environment,
      String name,
      T otherwise,
      Function<String, T> parse,
      String what) {
    String text = environment.getOrDefault(name, "").strip();
    try {
      return text.isEmpty() ? otherwise : parse.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is '" + text + "' in the environment. Give " + what + ".", e);
    }
  }

  /**
   * The seed of one test, so that not all draw the same.
   *
   * @param name of the test
   */
  public long of(String name) {
    return seed * 1_000_003 + name.hashCode();
  }

  /** Whether this is a run that may take its time, {@code ./graft test --long}. */
  public boolean isLong() {
    return effort > 1;
  }

  /** How many tries this run makes where an ordinary run makes the given number; at least 1. */
  public int tries(int ordinary) {
    return (int) Math.max(1, Math.min(ordinary * effort, Integer.MAX_VALUE));
  }
}
