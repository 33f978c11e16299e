/** Tests that both sides of the comparison do the same work. */
@NullMarked
package dev.graft.benchmarks.lowering;

import org.jspecify.annotations.NullMarked;
