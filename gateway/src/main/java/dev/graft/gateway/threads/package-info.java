/**
 * Threads on which plugins run, and what is done about plugins that don't return.
 *
 * <p>A call is refused when its plugins take too long, and its thread is interrupted. A thread that
 * goes on all the same cannot be ended by anybody; another takes its place until it does, up to a
 * bound. The refusal and the log name the plugin that the thread is in.
 */
@NullMarked
package dev.graft.gateway.threads;

import org.jspecify.annotations.NullMarked;
