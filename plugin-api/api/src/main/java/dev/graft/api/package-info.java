/**
 * What a plugin author compiles against.
 *
 * <p>A plugin is a class with a public constructor without parameters that implements {@link
 * dev.graft.api.RelationPlugin}, {@link dev.graft.api.ExpressionPlugin} or {@link
 * dev.graft.api.CommandPlugin} over the class of one protobuf message. It names the message and
 * writes one method; finding, unpacking, recursion limits, errors and counting are the framework's.
 *
 * <pre>{@code
 * public final class TopKPlugin implements RelationPlugin<TopK> {
 *   @Override public Class<TopK> messageType() { return TopK.class; }
 *
 *   @Override public Optional<Relation> transform(TopK topK, PlanningContext context) {
 *     return Optional.of(Nodes.relation(topK.getInput()).sort(Nodes.column(topK.getBy()).desc()).limit(topK.getK()).build());
 *   }
 * }
 * }</pre>
 *
 * <p>A plugin whose plan depends on the columns of its input asks for them: {@link
 * dev.graft.api.PlanningContext#schema}. That costs an analysis of the input, in a gateway by way
 * of the backend, and also means that a plugin may be asked about one extension several times in a
 * request, for a schema and for the plan. So what a plugin answers depends on the message and the
 * context alone: names that it makes up are fixed or counted, not random.
 *
 * <p>The server finds it by its class name in {@code spark.connect.extensions.relation.classes} and
 * its siblings, or by a {@code META-INF/services} entry under the name of the interface. One
 * instance serves all requests at once and must be safe for use by several threads.
 *
 * <p>A plugin that starts threads, or gives the JDK something to keep, implements {@link
 * AutoCloseable} as well and ends that in {@code close()}: plugins come and go while a server runs,
 * with sessions above all. See {@link dev.graft.spi.ExtensionPlugin}.
 */
@NullMarked
package dev.graft.api;

import org.jspecify.annotations.NullMarked;
