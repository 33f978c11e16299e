/**
 * Extensions on the lines that keep what their planner made of a plan, Spark 4.0 and later: they
 * stand in the plan, unanswered, until Spark analyses it.
 *
 * <pre>
 *   planner meets an extension ──▶ UnansweredRelation, UnansweredExpression   (kept by Spark)
 *                                             │ each time the plan is analysed
 *        AnsweringRule ──▶ host asks the plugin ──▶ AnswerPlanner ──▶ answer
 *                                             │ by itself where OneAnalysis says so
 *                                             ▼
 *                           analysed with the plan around it, as by hand
 * </pre>
 *
 * <p>So an answer is never older than the schemas and settings that it depends on, and the inputs
 * reach Spark's planner as the client sent them, which is what its plan cache knows them by.
 *
 * <p>These classes extend Spark's own and so are compiled against Spark 4.0, the earliest of those
 * lines, and loaded beside the bridge; on 3.x nothing loads them. What they share with the host,
 * which lies behind a loader of its own, are types of the JDK and of Spark.
 */
@NullMarked
package dev.graft.spark.analysis;

import org.jspecify.annotations.NullMarked;
