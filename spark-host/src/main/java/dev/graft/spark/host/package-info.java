/**
 * Graft inside a Spark Connect server.
 *
 * <p>This package lies behind the nested loader, and so is free to use its own libraries. Spark's
 * classes differ between lines, and its Connect messages extend a relocated protobuf, so both are
 * reached by method handles, which are looked up once, when they are first needed: {@link
 * dev.graft.spark.host.SparkMessages} for messages, {@link dev.graft.spark.host.PlannerAccess} for
 * the planner, {@link dev.graft.spark.host.SparkObjects} for datasets and columns, {@link
 * dev.graft.spark.host.SparkSchemas} for schemas. {@link dev.graft.spark.host.BridgeClasses} writes
 * the classes that the running line wants in its lists.
 */
@NullMarked
package dev.graft.spark.host;

import org.jspecify.annotations.NullMarked;
