/**
 * Plugins in the test's own JVM: asked by the registry's dispatcher and lowered by its lowering, as
 * in a host, but without class loaders, engine or network.
 */
@NullMarked
package dev.graft.testkit.memory;

import org.jspecify.annotations.NullMarked;
