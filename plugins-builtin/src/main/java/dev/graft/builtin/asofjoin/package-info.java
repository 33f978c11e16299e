/** Each row with the nearest row of another dataset. */
@NullMarked
package dev.graft.builtin.asofjoin;

import org.jspecify.annotations.NullMarked;
