/** The end of plugins, whatever they have done. */
@NullMarked
package dev.graft.registry.unload;

import org.jspecify.annotations.NullMarked;
