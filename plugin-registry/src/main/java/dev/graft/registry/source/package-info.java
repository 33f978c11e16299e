/**
 * Where plugins come from: class lists, services files, the host's own kind. A source names plugins
 * in order; each is found and loaded, or refused with a reason, and the others go on.
 *
 * <p>Everything happens when the server starts, one plugin after another, in configured order.
 */
@NullMarked
package dev.graft.registry.source;

import org.jspecify.annotations.NullMarked;
