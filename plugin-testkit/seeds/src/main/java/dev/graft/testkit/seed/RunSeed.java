package dev.graft.testkit.seed;

import java.util.Map;

/**
 * The seed of a test run, and how hard it searches. Both are read from the environment, since tests
 * start programs in other languages that draw from the same seed.
 *
 * @param seed {@value #SEED} in the environment; {@value #ORDINARY} unless set
 * @param effort {@value #EFFORT} in the environment: how many times as often as usual something is
 *     tried, from 1; 1 unless set
 */
public record RunSeed(long seed, int effort) {
  /** The variable that holds the seed. */
  public static final String SEED = "GRAFT_TEST_SEED";

  /** The variable that says how many times as often something is tried. */
  public static final String EFFORT = "GRAFT_TEST_EFFORT";

  /** The seed of ordinary runs. */
  public static final long ORDINARY = 1;

  /**
   * A seed.
   *
   * @throws IllegalArgumentException if the effort is less than 1
   */
  public RunSeed {
    if (effort < 1) {
      throw new IllegalArgumentException(EFFORT + " is " + effort + ". Give 1 or more.");
    }
  }

  /**
   * That of this run.
   *
   * @throws IllegalArgumentException if the environment has no numbers there
   */
  public static RunSeed ofThisRun() {
    return of(System.getenv());
  }

  static RunSeed of(Map<String, String> environment) {
    long effort = number(environment, EFFORT, 1);
    return new RunSeed(
        number(environment, SEED, ORDINARY), (int) Math.min(effort, Integer.MAX_VALUE));
  }

  private static long number(Map<String, String> environment, String name, long otherwise) {
    String text = environment.getOrDefault(name, "").strip();
    try {
      return text.isEmpty() ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is '" + text + "' in the environment. Give a whole number.", e);
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

  /** How often something is tried that is tried so often in an ordinary run. */
  public int tries(int ordinary) {
    return (int) Math.min((long) ordinary * effort, Integer.MAX_VALUE);
  }
}
