/** How many values lie in each of some ranges. */
@NullMarked
package dev.graft.builtin.histogram;

import org.jspecify.annotations.NullMarked;
