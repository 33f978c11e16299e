/** Consecutive numbers over a whole dataset. */
@NullMarked
package dev.graft.builtin.rownumber;

import org.jspecify.annotations.NullMarked;
