/**
 * The one seam around plugins: whatever runs of a plugin's own code, from its constructor on, runs
 * in a call of {@link dev.graft.registry.invoke.LoadedPlugin} or {@link
 * dev.graft.registry.invoke.Seam}. There the thread gets the plugin's class loader, the host learns
 * who is at work and may say no, and it is told and counted what a failure means.
 */
@NullMarked
package dev.graft.registry.invoke;

import org.jspecify.annotations.NullMarked;
