/** What a loaded plugin is: where it comes from, what it is for, and what it has been asked. */
@NullMarked
package dev.graft.registry.plugin;

import org.jspecify.annotations.NullMarked;
