/**
 * Everything random in a run is drawn from one seed: {@link dev.graft.testkit.seed.RunSeed}.
 * Ordinary runs all have the same seed and so repeat exactly; long runs have another.
 */
@NullMarked
package dev.graft.testkit.seed;

import org.jspecify.annotations.NullMarked;
