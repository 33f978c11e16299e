package dev.graft.cli.doctor;

import java.util.List;
import java.util.Optional;

/** The Java that runs this, which also runs the servers that {@code graft} starts. */
final class JavaLook {
  private static final String ABOUT = "Java";
  private static final int OLDEST = 17;

  /** The newest that Spark's lines from 4.0 on say they run on. */
  private static final int NEWEST = 21;

  private JavaLook() {}

  /**
   * Looks at it.
   *
   * @param feature the first number of its version
   * @param home where it is
   * @param spark the version of the Spark that it is to run, where one is known
   */
  static List<Finding> of(int feature, String home, Optional<String> spark) {
    String java = "Java " + feature + " in " + home;
    if (feature < OLDEST) {
      return List.of(
          Finding.problem(
              ABOUT, java + " is too old.", "Install a JDK 17 and set JAVA_HOME to it."));
    }
    boolean isSpark3 = spark.isPresent() && spark.get().startsWith("3.");
    if (feature > NEWEST || (isSpark3 && feature > OLDEST)) {
      return List.of(
          Finding.warning(
              ABOUT,
              java
                  + " is newer than "
                  + (isSpark3 ? "Spark 3 says it runs on, which is 17." : "Spark says it runs on."),
              "If Spark does not start, set JAVA_HOME to a JDK 17."));
    }
    return List.of(
        Finding.ok(
            ABOUT,
            java
                + (feature == OLDEST
                    ? ", for all lines of Spark"
                    : ", for Spark from 4.0 on; 3.4 and 3.5 want Java 17")));
  }
}
