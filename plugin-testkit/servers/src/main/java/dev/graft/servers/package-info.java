/**
 * Apache Spark as a process of its own: which one, its class path, and a Connect server with Graft
 * inside that is started and stopped.
 *
 * <p>A {@link dev.graft.servers.SparkRuntime} is a Spark that is there to be run: one of the lines
 * from Maven, or an installation. A {@link dev.graft.servers.SparkServerBuilder} configures a
 * server on it, a {@link dev.graft.servers.SparkServer} is the one that runs. What goes wrong on
 * the way is a {@link dev.graft.servers.LaunchException}.
 *
 * <pre>{@code
 * SparkRuntime spark = SparkRuntime.ofLine(SparkLine.SPARK_4_2, ClassPathCache.ofUser(), Progress.none());
 * try (SparkServer server = new SparkServerBuilder(spark, graftJar).plugins(folder).start()) {
 *   ConnectSession session = ConnectSession.connect(server.address());
 * }
 * }</pre>
 */
@NullMarked
package dev.graft.servers;

import org.jspecify.annotations.NullMarked;
