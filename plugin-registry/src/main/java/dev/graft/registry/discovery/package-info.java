/**
 * Where plugins come from: class lists, services files, folders of jars; and the way from a class
 * name to a plugin that is ready.
 *
 * <p>Everything happens when the server starts, one plugin after another, in configured order. What
 * cannot be loaded is refused with a reason, and the others go on.
 */
@NullMarked
package dev.graft.registry.discovery;

import org.jspecify.annotations.NullMarked;
