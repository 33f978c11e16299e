/**
 * The registry: which plugin answers which extension.
 *
 * <p>{@link dev.graft.registry.PluginIndex} is the heart: an immutable map from kind and message
 * name to candidates in configured order, compiled once. A {@link dev.graft.registry.Dispatcher}
 * asks the candidates of one extension in turn. A {@link dev.graft.registry.PlanLowering} replaces
 * the extensions of a plan by what their plugins answer. What they answer is checked against what
 * the server's line of Connect knows ({@link dev.graft.registry.line}); each is called through one
 * seam ({@link dev.graft.registry.invoke}). A {@link dev.graft.registry.Registry} holds the {@link
 * dev.graft.registry.Snapshot} that requests begin with, and swaps it.
 *
 * <pre>
 *   source ─▶ loading ─▶ isolation, linkage    (for each snapshot: from class names to plugins)
 *                │
 *                ▼
 *              invoke                          (each call of a plugin)
 *                ▲
 *   PluginIndex ◀── Dispatcher ◀── PlanLowering ─▶ lowering   (for each request)
 *                       │
 *                       ▼
 *                     line                     (which server knows which field)
 * </pre>
 *
 * <p>Nothing here knows an engine or a network. Hosts call the registry, the registry calls
 * plugins, plugins know neither.
 */
@NullMarked
package dev.graft.registry;

import org.jspecify.annotations.NullMarked;
