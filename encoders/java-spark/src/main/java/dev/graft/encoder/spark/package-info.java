/**
 * Extensions on the session that a user of Spark's own JVM client has: as DataFrames, columns and
 * commands, with DataFrames and columns as inputs.
 *
 * <p>Spark's client carries protobuf and its messages relocated, in another place on each line, so
 * nothing but bytes goes between it and this package; what is called of it is looked up once, by
 * reflection. One jar serves the clients of Spark 3.5 (Scala 2.12 and 2.13) and 4.x.
 *
 * <pre>{@code
 * NamedValues topK =
 *     frames.operation("acme.frames.v1.TopK").with("input", sales).with("order_by", "price");
 * Dataset<Row> best = SparkExtensions.dataFrame(spark, topK.with("k", 3));
 * }</pre>
 */
@NullMarked
package dev.graft.encoder.spark;

import org.jspecify.annotations.NullMarked;
