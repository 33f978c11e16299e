/**
 * The one seam around plugins: whatever runs of a plugin's own code, from its constructor on, runs
 * in a call of {@link dev.graft.registry.invoke.LoadedPlugin} or {@link
 * dev.graft.registry.invoke.Seam}. There the thread gets the plugin's class loader, the host learns
 * which plugin is called and may refuse that, and failures are counted and turned into refusals.
 */
@NullMarked
package dev.graft.registry.invoke;

import org.jspecify.annotations.NullMarked;
