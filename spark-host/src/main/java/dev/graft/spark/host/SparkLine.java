package dev.graft.spark.host;

/**
 * The running Spark's version, as far as Graft tells lines apart.
 *
 * @param version as Spark gives it, for example {@code 4.2.0}
 * @param major its first number
 * @param minor its second number
 */
record SparkLine(String version, int major, int minor) {
  static SparkLine of(String version) {
    String[] parts = version.split("\\.", 3);
    return new SparkLine(
        version, Integer.parseInt(parts[0]), Integer.parseInt(parts[1].replaceFirst("\\D.*", "")));
  }

  /** Whether what a planner made of a plan is kept for the requests that follow: from 4.0 on. */
  boolean keepsPlans() {
    return major >= 4;
  }

  /** Whether planners know neither their session's holder nor the response: Spark 3.4. */
  boolean plannersKnowNoRequest() {
    return major == 3 && minor < 5;
  }
}
