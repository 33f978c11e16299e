/**
 * The way from a class in a jar to a plugin that is ready: its class loader, the check of what it
 * refers to, its instance, what it says of itself.
 */
@NullMarked
package dev.graft.registry.loading;

import org.jspecify.annotations.NullMarked;
