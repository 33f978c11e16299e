package dev.graft.spark.host;

/**
 * The running Spark, by the handles that reach it. Immutable and safe for use by several threads.
 *
 * @param loader the loader of Spark's classes
 * @param line which Spark it is
 * @param messages its Connect messages
 * @param planners its planners
 * @param objects its datasets and columns
 */
record Spark(ClassLoader loader, SparkLine line, SparkMessages messages, PlannerAccess planners, SparkObjects objects) {
  static Spark of(ClassLoader loader, String version, CallsInProgress calls) {
    return new Spark(
        loader, SparkLine.of(version), new SparkMessages(loader), new PlannerAccess(loader, calls), new SparkObjects(loader));
  }
}
