/**
 * What happens when nobody uses a plugin any more: it is closed, what the JDK keeps for it is given
 * back where that is safe, and what it leaves behind is named in the log.
 *
 * <pre>
 *   LoadedPlugin ── held by snapshots, requests, plans of an engine
 *        ┆ collected
 *        ▼
 *   Unloading      closes the plugin; the last one of its loader ends the loader's use
 *        ▼ {@link dev.graft.registry.unload.LoaderUse}
 *   Leftovers      threads, shutdown hooks, thread-locals; drivers, providers, beans, handlers
 *        ▼
 *   StillHeld      says later which loaders the collector has met and had to leave
 * </pre>
 *
 * <p>Nobody counts who uses a plugin: plans lie in caches of an engine. So the collector tells when
 * the last one has gone, in its own time: nothing here has it run. Nothing here holds a loader, but
 * for the plugins that want to be closed. All of it happens on threads of its own, and costs
 * requests nothing.
 */
@NullMarked
package dev.graft.registry.unload;

import org.jspecify.annotations.NullMarked;
