package dev.graft.spark.host;

import dev.graft.registry.line.ConnectLine;

/**
 * The running Spark's version, as far as Graft tells lines apart.
 *
 * @param version as Spark gives it, for example {@code 4.2.0}
 * @param line its line
 */
record SparkLine(String version, ConnectLine line) {
  static SparkLine of(String version) {
    return new SparkLine(version, ConnectLine.ofVersion(version).orElseThrow());
  }

  /** Whether what a planner made of a plan is kept for the requests that follow: from 4.0 on. */
  boolean keepsPlans() {
    return line.isAtLeast(4, 0);
  }

  /** Whether planners know neither their session's holder nor the response: Spark 3.4. */
  boolean plannersKnowNoRequest() {
    return !line.isAtLeast(3, 5);
  }
}
