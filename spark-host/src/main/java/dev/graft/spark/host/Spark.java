package dev.graft.spark.host;

import java.util.function.Supplier;

/**
 * The running Spark, by the handles that reach it. Safe for use by several threads.
 *
 * <p>Handles are found when the first request needs them: looking for them loads a good part of
 * Spark's planner, which Spark itself does no earlier.
 */
final class Spark {
  private final ClassLoader loader;
  private final SparkLine line;
  private final CallsInProgress calls = new CallsInProgress();
  private final Supplier<SparkMessages> messages;
  private final Supplier<PlannerAccess> planners;
  private final Supplier<SparkObjects> objects;
  private final Supplier<SparkSchemas> schemas;
  private final Supplier<SparkRefusals> refusals;

  Spark(ClassLoader loader, String version) {
    this.loader = loader;
    this.line = SparkLine.of(version);
    this.messages = new Once<>(() -> new SparkMessages(loader));
    this.planners = new Once<>(() -> new PlannerAccess(loader, calls));
    this.objects = new Once<>(() -> new SparkObjects(loader));
    this.schemas = new Once<>(() -> new SparkSchemas(loader));
    this.refusals = new Once<>(() -> new SparkRefusals(loader));
  }

  /** The loader of Spark's classes. */
  ClassLoader loader() {
    return loader;
  }

  /** Which Spark it is. */
  SparkLine line() {
    return line;
  }

  /** The calls that it serves, on the line whose planners don't know them. */
  CallsInProgress calls() {
    return calls;
  }

  /** Its Connect messages. */
  SparkMessages messages() {
    return messages.get();
  }

  /** Its planners. */
  PlannerAccess planners() {
    return planners.get();
  }

  /** Its datasets and columns. */
  SparkObjects objects() {
    return objects.get();
  }

  /** Its form of a refusal. */
  SparkRefusals refusals() {
    return refusals.get();
  }

  /** What it tells of plans. */
  SparkSchemas schemas() {
    return schemas.get();
  }
}
