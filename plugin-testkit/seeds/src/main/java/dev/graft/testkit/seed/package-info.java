/**
 * What is drawn at random is drawn from one seed a run: {@link dev.graft.testkit.seed.RunSeed}.
 * Ordinary runs have the same one and say the same twice; long runs search with another.
 */
@NullMarked
package dev.graft.testkit.seed;

import org.jspecify.annotations.NullMarked;
