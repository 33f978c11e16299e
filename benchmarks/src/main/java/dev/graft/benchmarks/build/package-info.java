/** What the build of this module puts beside the program. */
@NullMarked
package dev.graft.benchmarks.build;

import org.jspecify.annotations.NullMarked;
