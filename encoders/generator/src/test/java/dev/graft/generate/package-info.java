/** The generator, from sources to clients that really compile and run. */
@NullMarked
package dev.graft.generate;

import org.jspecify.annotations.NullMarked;
