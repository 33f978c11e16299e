/**
 * A small fluent builder for Connect nodes, so that a plugin reads like the query it stands for.
 *
 * <p>{@link dev.graft.api.node.Nodes} is where everything starts. What it gives are values: every
 * method returns a new node and leaves the old one as it was, so nodes may be shared between
 * threads and used several times.
 *
 * <p>The newest three orders of each customer, out of a relation that came in an extension:
 *
 * <pre>{@code
 * Relation newest =
 *     Nodes.relation(message.getInput())
 *         .withColumn(
 *             "place",
 *             Windows.rowNumber()
 *                 .over(Windows.partitionBy(column("customer")).orderBy(column("placed_at").desc())))
 *         .filter(column("place").atMost(3))
 *         .drop("place")
 *         .build();
 * }</pre>
 *
 * <p>Joins, groups and reads:
 *
 * <pre>{@code
 * Nodes.table("orders").join(Nodes.read("parquet").load("/data/customers")).left().using("customer")
 *     .groupBy(column("country"))
 *     .agg(Aggregates.count().as("orders"), Aggregates.sum(column("amount")).as("amount"));
 * }</pre>
 *
 * <p>Expressions, where a plain Java value means a literal:
 *
 * <pre>{@code
 * Nodes.when(column("age").lessThan(18), "minor").otherwise("adult").as("group");
 * Nodes.call("concat", column("first"), " ", column("last"));
 * Lambdas.transform(column("prices"), price -> price.times(2));
 * }</pre>
 *
 * <p><strong>A relation or expression that is given in</strong> stands in the result as it is, its
 * plan id included, so that columns which the client bound to it still resolve.
 *
 * <p><strong>Strings from a client</strong> belong in {@link dev.graft.api.node.Nodes#columnNamed}
 * and {@link dev.graft.api.node.Nodes#literal}, never in SQL text.
 *
 * <p><strong>Spark lines.</strong> A node whose documentation names no line is understood by Spark
 * 3.4 and later. Nodes that came with a later line say so in their documentation; for a server of
 * an earlier line Graft refuses an answer that holds them.
 */
@NullMarked
package dev.graft.api.node;

import org.jspecify.annotations.NullMarked;
