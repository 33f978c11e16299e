/** How alike two texts are, put together from functions that every Spark line has. */
@NullMarked
package dev.graft.builtin.similarity;

import org.jspecify.annotations.NullMarked;
