/**
 * Runs the tests of plugins on real servers: {@link dev.graft.testkit.spark.OnSpark} in Spark
 * Connect itself, on any line, {@link dev.graft.testkit.spark.ThroughGateway} in a gateway before
 * one. The rules for native plugins are in {@code dev.graft.testkit.spark.contract}.
 */
@NullMarked
package dev.graft.testkit.spark;

import org.jspecify.annotations.NullMarked;
